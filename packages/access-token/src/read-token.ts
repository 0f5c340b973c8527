import type { Buffer } from 'node:buffer'
import { MAX_TOKEN_LENGTH } from './claims.ts'
import { decodeBase64Url } from './jws/base64url.ts'
import { type CompactParts, splitCompact } from './jws/compact.ts'
import { type JwsHeader, readHeader } from './jws/header.ts'
import { refuse, type TokenRefusal } from './refusal.ts'

export interface TokenForm {
  readonly ok: true
  readonly parts: CompactParts
  readonly payload: Buffer
}

export interface TokenHeader {
  readonly ok: true
  readonly header: JwsHeader
}

/** Reads the outer form of a supposed token: its size first, then three parts and a decodable payload. */
export function readForm(token: unknown): TokenForm | TokenRefusal {
  if (token === undefined || token === null || token === '')
    return refuse('present', 'token_missing', 'There is no token')
  if (typeof token !== 'string') return refuse('form', 'token_malformed', 'The token is not a string')
  if (token.length > MAX_TOKEN_LENGTH) {
    return refuse('size', 'token_too_large', `The token is longer than ${MAX_TOKEN_LENGTH} characters`)
  }
  const parts = splitCompact(token)
  if (parts === undefined)
    return refuse('form', 'token_malformed', 'A token has exactly three parts with a dot between them')
  const payload = decodeBase64Url(parts.payload)
  if (payload === undefined) return refuse('form', 'token_malformed', 'The payload is not canonical base64url')
  return { ok: true, parts, payload }
}

/**
 * Refuses a signature part that is not canonical base64url. This is part of the token's form, but is only checked after another check
 * has failed: a valid signature is always canonical, so a token that passes needs no check.
 */
export function refuseSignatureForm({ signature }: CompactParts): TokenRefusal | undefined {
  if (decodeBase64Url(signature) !== undefined) return undefined
  return refuse('form', 'token_malformed', 'The signature is not canonical base64url')
}

/** Reads the header of a token: a JWS of type JWT, without embedded keys or certificates. */
export function readTokenHeader(encoded: string): TokenHeader | TokenRefusal {
  const reading = readHeader(encoded)
  if (!reading.ok) return refuse('header', 'token_malformed', reading.reason)
  const { header } = reading
  if (header.typ !== undefined && header.typ !== 'JWT') {
    return refuse('header', 'token_malformed', 'The header names another type ("typ") than JWT')
  }
  if (header.kid !== undefined && typeof header.kid !== 'string') {
    return refuse('header', 'token_malformed', 'The header names its key ("kid") by something that is not a string')
  }
  // RFC 8725 section 3.10: a key inside the token proves nothing.
  for (const member of ['jwk', 'jku', 'x5u', 'x5c']) {
    if (Object.hasOwn(header, member)) {
      return refuse('header', 'token_malformed', `The header brings a key of its own ("${member}")`)
    }
  }
  return { ok: true, header }
}
