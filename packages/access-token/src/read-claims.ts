import { Buffer } from 'node:buffer'
import {
  type Claims,
  MAX_NAME_LENGTH,
  MAX_USER_DATA_BYTES,
  PUBLICATIONS,
  type Publication,
  ROLES,
  type Role,
} from './claims.ts'
import { isJsonObject, type JsonObject, type JsonValue, readJsonObject } from './jws/json.ts'

// A larger number of seconds is not a valid date (ECMA-262 section 21.4.1.1).
const MAX_NUMERIC_DATE = 8.64e12
const HASH = /^[\w-]{1,256}$/
// UTF-8 encodes each of them as U+FFFD, which would make two names equal (RFC 8259 section 8.2).
const LONE_SURROGATE = /\p{Surrogate}/u

export type ClaimsReading =
  | { readonly ok: true; readonly claims: Claims }
  | { readonly ok: false; readonly reason: string; readonly claim?: string }

/**
 * Reads the claims from a payload. A member of the wrong type is refused, never treated as absent; unknown members are ignored
 * (RFC 7519 section 4).
 */
export function readClaims(payload: Buffer): ClaimsReading {
  const json = readJsonObject(payload)
  if (!json.ok) return { ok: false, reason: `The payload ${json.reason}` }
  const { value } = json
  const fault = faultOfClaims(value)
  if (fault !== undefined) return { ok: false, claim: fault.claim, reason: `"${fault.claim}" ${fault.reason}` }
  return { ok: true, claims: value as unknown as Claims }
}

/** A claim with the wrong shape. */
export interface Fault {
  readonly claim: string
  readonly reason: string
}

function faultOfClaims(claims: JsonObject): Fault | undefined {
  return (
    faultOfIdentity(claims) ??
    faultOfDate('iat', claims.iat) ??
    faultOfDate('exp', claims.exp) ??
    ((claims.exp as number) > (claims.iat as number) ? undefined : { claim: 'exp', reason: 'is not after "iat"' }) ??
    faultOfName('jti', claims.jti) ??
    faultOfSubjectToken(claims) ??
    faultOfGrants(claims.grants)
  )
}

/** Checks the shape of the claims that are the same for all tokens of a back end: API key, audience, time of issue. */
export function faultOfIdentity({ sub, aud, nbf }: JsonObject): Fault | undefined {
  return faultOfName('sub', sub) ?? faultOfAudience(aud) ?? (nbf === undefined ? undefined : faultOfDate('nbf', nbf))
}

export function faultOfSubjectToken({ subject_token_hash: hash }: JsonObject): Fault | undefined {
  if (hash === undefined || (typeof hash === 'string' && HASH.test(hash))) return undefined
  return { claim: 'subject_token_hash', reason: `is not 1 to ${MAX_NAME_LENGTH} characters of base64url` }
}

/** Whether a value is a valid name: a string of 1 to {@link MAX_NAME_LENGTH} characters that UTF-8 can encode. */
export function faultOfName(claim: string, value: JsonValue | undefined): Fault | undefined {
  if (value === undefined) return { claim, reason: 'is missing' }
  if (typeof value !== 'string' || value.length === 0 || value.length > MAX_NAME_LENGTH) {
    return { claim, reason: `is not a string of 1 to ${MAX_NAME_LENGTH} characters` }
  }
  return LONE_SURROGATE.test(value) ? { claim, reason: 'has half a surrogate pair' } : undefined
}

function faultOfDate(claim: string, value: JsonValue | undefined): Fault | undefined {
  if (typeof value === 'number' && value > 0 && value <= MAX_NUMERIC_DATE) return undefined
  return { claim, reason: value === undefined ? 'is missing' : 'is not a number of seconds since 1970' }
}

function faultOfAudience(audience: JsonValue | undefined): Fault | undefined {
  if (typeof audience === 'string') return undefined
  if (Array.isArray(audience) && audience.every((member) => typeof member === 'string')) return undefined
  return { claim: 'aud', reason: audience === undefined ? 'is missing' : 'is neither a string nor a list of strings' }
}

export function faultOfGrants(grants: JsonValue | undefined): Fault | undefined {
  if (grants === undefined) return { claim: 'grants', reason: 'is missing' }
  if (!isJsonObject(grants)) return { claim: 'grants', reason: notAnObject(grants) }
  const { apiRTC_UserAgent_Id: userId, conversations, userData } = grants
  return (
    (userId === undefined ? undefined : faultOfName('grants.apiRTC_UserAgent_Id', userId)) ??
    (conversations === undefined ? undefined : faultOfConversations(conversations)) ??
    (userData === undefined ? undefined : faultOfUserData(userData))
  )
}

function faultOfConversations(conversations: JsonValue): Fault | undefined {
  if (!Array.isArray(conversations)) return { claim: 'grants.conversations', reason: 'is not a list' }
  for (const [at, grant] of conversations.entries()) {
    const fault = faultOfConversation(`grants.conversations[${at}]`, grant)
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultOfConversation(path: string, grant: JsonValue): Fault | undefined {
  if (!isJsonObject(grant)) return { claim: path, reason: notAnObject(grant) }
  if (!ROLES.includes(grant.role as Role)) return { claim: `${path}.role`, reason: `is not one of ${ROLES.join(', ')}` }
  if (!Array.isArray(grant.publish) || !grant.publish.every((kind) => PUBLICATIONS.includes(kind as Publication))) {
    return { claim: `${path}.publish`, reason: `is not a list out of ${PUBLICATIONS.join(', ')}` }
  }
  if (typeof grant.subscribe !== 'boolean') return { claim: `${path}.subscribe`, reason: 'is not true or false' }
  return faultOfName(`${path}.name`, grant.name)
}

function faultOfUserData(userData: JsonValue): Fault | undefined {
  if (!isJsonObject(userData)) return { claim: 'grants.userData', reason: notAnObject(userData) }
  if (Buffer.byteLength(JSON.stringify(userData)) <= MAX_USER_DATA_BYTES) return undefined
  return { claim: 'grants.userData', reason: `is more than ${MAX_USER_DATA_BYTES} bytes of JSON` }
}

// PHP has one type for lists and objects, and encodes an empty one as a list.
function notAnObject(value: JsonValue): string {
  const isEmptyList = Array.isArray(value) && value.length === 0
  return isEmptyList ? 'is an empty list, not an object: write {}, in PHP new stdClass' : 'is not an object'
}
