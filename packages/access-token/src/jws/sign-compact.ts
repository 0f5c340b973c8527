import { isAlgorithm } from './algorithms.ts'
import { encodeBase64Url } from './base64url.ts'
import type { JwsHeader } from './header.ts'
import { bindKey, type KeyInput, KeyRefusedError } from './key.ts'
import { prepareSigner } from './signature.ts'

/**
 * Signs any bytes, including none, as a JWS in the compact serialization (RFC 7515 section 7.1).
 *
 * @param payload the bytes, or a string, which is encoded as UTF-8.
 * @param key the secret or the private key; it must fit `header.alg`.
 * @param header the protected header, written as given.
 * @throws {KeyRefusedError} if the key is weak or does not fit the algorithm.
 * @throws {CryptoUnsupportedError} if the runtime cannot sign with the algorithm.
 * @throws {TypeError} if the header requires an extension (`crit`, `b64`).
 */
export function signCompact(payload: Uint8Array | string, key: KeyInput, header: JwsHeader): string {
  if (!isAlgorithm(header.alg))
    throw new KeyRefusedError(`The algorithm ${JSON.stringify(header.alg)} is not supported`)
  if ('crit' in header || 'b64' in header)
    throw new TypeError('The header asks for an extension, and none is supported')
  const sign = prepareSigner(bindKey(key, [header.alg], 'sign'))
  const signingInput = `${encodeBase64Url(JSON.stringify(header))}.${encodeBase64Url(payload)}`
  return `${signingInput}.${sign(signingInput)}`
}
