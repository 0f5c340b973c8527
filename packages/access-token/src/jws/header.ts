import { decodeBase64Url } from './base64url.ts'
import { type JsonObject, readJsonObject } from './json.ts'

/** A protected header (RFC 7515 section 4) whose `alg` is a string and that requires no extension. */
export interface JwsHeader extends JsonObject {
  readonly alg: string
}

/** The longest accepted header, in characters of its base64url text. */
export const MAX_HEADER_LENGTH = 8_192

export type HeaderReading =
  | { readonly ok: true; readonly header: JwsHeader }
  | { readonly ok: false; readonly reason: string }

/**
 * Reads an encoded protected header. `crit` and `b64` are always refused: this library supports no extension, and a critical one
 * must not be ignored (RFC 7515 section 4.1.11, RFC 7797 section 6).
 */
export function readHeader(encoded: string): HeaderReading {
  if (encoded.length > MAX_HEADER_LENGTH) {
    return { ok: false, reason: `The header is longer than ${MAX_HEADER_LENGTH} characters` }
  }
  const bytes = decodeBase64Url(encoded)
  if (bytes === undefined) return { ok: false, reason: 'The header is not canonical base64url' }
  const json = readJsonObject(bytes)
  if (!json.ok) return { ok: false, reason: `The header ${json.reason}` }
  const header = json.value
  if (typeof header.alg !== 'string') return { ok: false, reason: 'The header names no algorithm ("alg")' }
  for (const extension of ['crit', 'b64']) {
    if (Object.hasOwn(header, extension)) {
      return { ok: false, reason: `The header asks for an extension ("${extension}"), and none is supported` }
    }
  }
  return { ok: true, header: header as JwsHeader }
}
