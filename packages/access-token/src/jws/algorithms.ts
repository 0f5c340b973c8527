/** The supported algorithms (RFC 7518 section 3.1, RFC 8037 section 3.1). Each key has exactly one. */
export const ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'ES256', 'EdDSA'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

export const HMAC_HASH = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const
/**
 * Algorithms whose secret both signs and verifies.
 * @useDeclaredType
 */
export type HmacAlgorithm = keyof typeof HMAC_HASH
/** Algorithms that sign with a private key and verify with the public key. */
export type AsymmetricAlgorithm = Exclude<Algorithm, HmacAlgorithm>

export function isAlgorithm(name: unknown): name is Algorithm {
  return ALGORITHMS.includes(name as Algorithm)
}

export function isHmac(algorithm: Algorithm): algorithm is HmacAlgorithm {
  return Object.hasOwn(HMAC_HASH, algorithm)
}
