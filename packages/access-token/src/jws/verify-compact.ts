import type { Buffer } from 'node:buffer'
import type { Algorithm } from './algorithms.ts'
import { decodeBase64Url } from './base64url.ts'
import { splitCompact } from './compact.ts'
import { type JwsHeader, readHeader } from './header.ts'
import { type BoundKey, bindKey, type KeyInput, KeyRefusedError } from './key.ts'
import { prepareCheck } from './signature.ts'

export type JwsRefusalCode = 'token_malformed' | 'algorithm_refused' | 'key_refused' | 'signature_invalid'

export type JwsVerification =
  | { readonly ok: true; readonly payload: Buffer; readonly header: JwsHeader }
  | { readonly ok: false; readonly code: JwsRefusalCode; readonly message: string }

export interface VerifyCompactOptions {
  /** The accepted algorithms. Together with the key's type and JWK `alg`, exactly one must remain. */
  readonly algorithms: readonly Algorithm[]
}

/**
 * Verifies a JWS in the compact serialization (RFC 7515 section 5.2) and returns its payload, which can be any bytes. The header must
 * name the key's one algorithm; keys in the header (`jwk`, `jku`, `x5u`, `x5c`) are never used. For a key that is weak or does not
 * fit, the result is `key_refused`.
 *
 * @throws {CryptoUnsupportedError} if the runtime cannot verify with the algorithm, whatever the token is.
 */
export function verifyCompact(jws: unknown, key: KeyInput, { algorithms }: VerifyCompactOptions): JwsVerification {
  let bound: BoundKey
  try {
    bound = bindKey(key, algorithms, 'verify')
  } catch (error) {
    if (error instanceof KeyRefusedError) return refuse('key_refused', error.message)
    throw error
  }
  const parts = typeof jws === 'string' ? splitCompact(jws) : undefined
  if (parts === undefined) return refuse('token_malformed', 'A compact JWS has exactly three parts')
  const reading = readHeader(parts.header)
  if (!reading.ok) return refuse('token_malformed', reading.reason)
  const payload = decodeBase64Url(parts.payload)
  if (payload === undefined) return refuse('token_malformed', 'The payload is not canonical base64url')
  if (decodeBase64Url(parts.signature) === undefined) {
    return refuse('token_malformed', 'The signature is not canonical base64url')
  }
  if (reading.header.alg !== bound.algorithm)
    return refuse('algorithm_refused', `The key is for ${bound.algorithm} only`)
  const check = prepareCheck(bound)
  if (!check(parts.signingInput, parts.signature)) return refuse('signature_invalid', 'The signature does not hold')
  return { ok: true, payload, header: reading.header }
}

function refuse(code: JwsRefusalCode, message: string): JwsVerification {
  return { ok: false, code, message }
}
