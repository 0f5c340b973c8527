import { Buffer } from 'node:buffer'
import { createHmac, sign, timingSafeEqual, verify } from 'node:crypto'
import { type AsymmetricAlgorithm, HMAC_HASH } from './algorithms.ts'
import { decodeBase64Url } from './base64url.ts'
import type { BoundKey } from './key.ts'

/** Whether the encoded signature is the one canonical text of a valid signature over the signing input. Never throws. */
export type SignatureCheck = (signingInput: string, signature: string) => boolean

/** Signs a signing input; answers the encoded signature. */
export type Signer = (signingInput: string) => string

const HASH: Record<AsymmetricAlgorithm, string | null> = { RS256: 'sha256', ES256: 'sha256', EdDSA: null }
// Characters that the base64url text of a digest has, by algorithm.
const HMAC_TEXT_LENGTH = { HS256: 43, HS384: 64, HS512: 86 } as const

/** Prepares the check of one key's signatures. */
export function prepareCheck(bound: BoundKey): SignatureCheck {
  if ('secret' in bound) return prepareHmacCheck(bound)
  const { algorithm } = bound
  const key = { key: bound.key, dsaEncoding: 'ieee-p1363' } as const
  return (signingInput, signature) => {
    const bytes = decodeBase64Url(signature)
    // OpenSSL itself holds RSA signatures to the length of the modulus (RFC 8017 section 8.2.2).
    if (bytes === undefined || (algorithm !== 'RS256' && bytes.length !== 64)) return false
    try {
      return verify(HASH[algorithm], Buffer.from(signingInput, 'latin1'), key, bytes)
    } catch {
      return false
    }
  }
}

/** Prepares the signer of one key. */
export function prepareSigner(bound: BoundKey): Signer {
  if ('secret' in bound) {
    const hash = HMAC_HASH[bound.algorithm]
    return (signingInput) => createHmac(hash, bound.secret).update(signingInput).digest('base64url')
  }
  const key = { key: bound.key, dsaEncoding: 'ieee-p1363' } as const
  return (signingInput) => sign(HASH[bound.algorithm], Buffer.from(signingInput), key).toString('base64url')
}

// The expected signature is encoded and the texts are compared, rather than the given one decoded and the bytes: that is
// quicker, and a text that is not canonical cannot be equal. UTF-16 keeps every character apart from every other.
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
