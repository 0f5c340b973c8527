import { Buffer } from 'node:buffer'
import { createHmac, sign, timingSafeEqual, verify } from 'node:crypto'
import { type AsymmetricAlgorithm, HMAC_HASH } from './algorithms.ts'
import { decodeBase64Url } from './base64url.ts'
import { CryptoUnsupportedError } from './crypto-unsupported.ts'
import { fromDer, toDer } from './der-signature.ts'
import type { BoundKey, KeyUse } from './key.ts'

/**
 * Whether the encoded signature is the canonical text of a valid signature of the signing input. Throws only if the runtime cannot
 * verify.
 */
export type SignatureCheck = (signingInput: string, signature: string) => boolean

/** Signs a signing input and returns the encoded signature. */
export type Signer = (signingInput: string) => string

const HASH: Record<AsymmetricAlgorithm, string | null> = { RS256: 'sha256', ES256: 'sha256', EdDSA: null }
// An EdDSA signature, and one of ES256 (RFC 8032 section 5.1.6, RFC 7518 section 3.4).
const SIGNATURE_BYTES = 64
// The length of the base64url text of a digest, by algorithm.
const HMAC_TEXT_LENGTH = { HS256: 43, HS384: 64, HS512: 86 } as const

/**
 * Prepares the verification of one key's signatures.
 *
 * @throws {CryptoUnsupportedError} if the runtime cannot verify with the algorithm.
 */
export function prepareCheck(bound: BoundKey): SignatureCheck {
  if ('secret' in bound) return prepareHmacCheck(bound)
  const { algorithm, key } = bound
  const hash = HASH[algorithm]
  // The key is passed directly: not every runtime accepts it in an options object.
  const holds = (input: Buffer, bytes: Buffer) =>
    attempt('verify', algorithm, () => verify(hash, input, key, algorithm === 'ES256' ? toDer(bytes) : bytes))
  requireSupport('verify', algorithm, () => holds(Buffer.alloc(0), Buffer.alloc(SIGNATURE_BYTES)))
  return (signingInput, signature) => {
    const bytes = decodeBase64Url(signature)
    // OpenSSL itself requires RSA signatures to have the length of the modulus (RFC 8017 section 8.2.2).
    if (bytes === undefined || (algorithm !== 'RS256' && bytes.length !== SIGNATURE_BYTES)) return false
    return holds(Buffer.from(signingInput, 'latin1'), bytes)
  }
}

/**
 * Prepares the signer of one key.
 *
 * @throws {CryptoUnsupportedError} if the runtime cannot sign with the algorithm.
 */
export function prepareSigner(bound: BoundKey): Signer {
  if ('secret' in bound) {
    const hash = HMAC_HASH[bound.algorithm]
    return (signingInput) => createHmac(hash, bound.secret).update(signingInput).digest('base64url')
  }
  const { algorithm, key } = bound
  const signBytes = (input: Buffer) => attempt('sign', algorithm, () => sign(HASH[algorithm], input, key))
  requireSupport('sign', algorithm, () => signBytes(Buffer.alloc(0)))
  return (signingInput) => {
    const signature = signBytes(Buffer.from(signingInput))
    return (algorithm === 'ES256' ? fromDer(signature) : signature).toString('base64url')
  }
}

const supported = new Set<string>()

// Tried once per algorithm, so that a missing feature is found when a key is prepared, not when a token arrives.
function requireSupport(use: KeyUse, algorithm: AsymmetricAlgorithm, attemptOnce: () => unknown): void {
  const name = `${use} ${algorithm}`
  if (supported.has(name)) return
  attemptOnce()
  supported.add(name)
}

// An invalid signature is returned as false. An exception means that the runtime cannot verify, which is not a verdict.
function attempt<T>(use: KeyUse, algorithm: AsymmetricAlgorithm, act: () => T): T {
  try {
    return act()
  } catch (cause) {
    throw new CryptoUnsupportedError(`${use} with ${algorithm}`, cause)
  }
}

// The expected signature is encoded and compared as text, instead of decoding the given one and comparing bytes. That is
// faster, and non-canonical text can never be equal. UTF-16 keeps all characters distinct.
function prepareHmacCheck(bound: Extract<BoundKey, { secret: unknown }>): SignatureCheck {
  const hash = HMAC_HASH[bound.algorithm]
  const length = HMAC_TEXT_LENGTH[bound.algorithm]
  const key = bound.secret
  const expected = Buffer.alloc(length * 2)
  const given = Buffer.alloc(length * 2)
  return (signingInput, signature) => {
    if (signature.length !== length) return false
    expected.write(createHmac(hash, key).update(signingInput).digest('base64url'), 'utf16le')
    given.write(signature, 'utf16le')
    return timingSafeEqual(expected, given)
  }
}
