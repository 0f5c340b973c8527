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

/** Reads the outer form of what may be a token: its size before anything else, three parts, a decodable payload. */
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
 * Refuses a signature part that is not canonical base64url. That belongs to the form of a token, yet is looked at only
 * once something else has failed: the check of a signature holds for canonical text alone, so what held needs no look.
 */
export function refuseSignatureForm({ signature }: CompactParts): TokenRefusal | undefined {
  if (decodeBase64Url(signature) !== undefined) return undefined
  return refuse('form', 'token_malformed', 'The signature is not canonical base64url')
}

/** Reads the header of a token: that of a JWS, of the type JWT, and without any key or certificate of its own. */
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
  // RFC 8725 section 3.10: a key that comes with the token proves nothing.
  for (const member of ['jwk', 'jku', 'x5u', 'x5c']) {
    if (Object.hasOwn(header, member)) {
      return refuse('header', 'token_malformed', `The header brings a key of its own ("${member}")`)
    }
  }
  return { ok: true, header }
}
