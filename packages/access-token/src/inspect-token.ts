import { MAX_TOKEN_LENGTH } from './claims.ts'
import { decodeBase64Url } from './jws/base64url.ts'
import { splitCompact } from './jws/compact.ts'
import { type JsonObject, readJsonObject } from './jws/json.ts'

export type Inspection =
  | { readonly ok: true; readonly header: JsonObject; readonly payload: JsonObject }
  | { readonly ok: false; readonly reason: string }

/** Reads a token without any key. The content is not verified: do not base decisions on it. */
export function inspectToken(token: unknown): Inspection {
  if (typeof token !== 'string') return { ok: false, reason: 'The token is not a string' }
  if (token.length > MAX_TOKEN_LENGTH)
    return { ok: false, reason: `The token is longer than ${MAX_TOKEN_LENGTH} characters` }
  const parts = splitCompact(token)
  if (parts === undefined) return { ok: false, reason: 'A token has exactly three parts with a dot between them' }
  const header = readPart('header', parts.header)
  if (!header.ok) return header
  const payload = readPart('payload', parts.payload)
  if (!payload.ok) return payload
  return { ok: true, header: header.value, payload: payload.value }
}

function readPart(name: string, encoded: string): { ok: true; value: JsonObject } | { ok: false; reason: string } {
  const bytes = decodeBase64Url(encoded)
  if (bytes === undefined) return { ok: false, reason: `The ${name} is not canonical base64url` }
  const json = readJsonObject(bytes)
  return json.ok ? json : { ok: false, reason: `The ${name} ${json.reason}` }
}
