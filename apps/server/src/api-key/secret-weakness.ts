import { Buffer } from 'node:buffer'
import { createTokenVerifier, KeyRefusedError } from '@stagedoor/access-token'
import { isKnownSecret } from './known-secrets.ts'

export const HMAC_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const
export type HmacAlgorithm = (typeof HMAC_ALGORITHMS)[number]

/** The minimum length of a secret, in bytes: the size of the hash (RFC 7518 section 3.2). */
export const MIN_SECRET_BYTES: Readonly<Record<HmacAlgorithm, number>> = { HS256: 32, HS384: 48, HS512: 64 }
/** The longest secret, in bytes. */
export const MAX_SECRET_BYTES = 1_024
/** The minimum number of different bytes in a secret. Of 32 random hexadecimal digits, one in a million has fewer. */
export const MIN_DISTINCT_BYTES = 8

/** What is wrong with an imported secret, in one sentence without its full stop; undefined if it is acceptable. */
export function findWeakness(secret: string, algorithm: HmacAlgorithm): string | undefined {
  const bytes = Buffer.from(secret)
  const least = MIN_SECRET_BYTES[algorithm]
  if (bytes.length < least) return `The secret has ${bytes.length} bytes, but ${algorithm} needs at least ${least}`
  if (bytes.length > MAX_SECRET_BYTES) return `The secret has more than ${MAX_SECRET_BYTES} bytes`
  if (bytes.toString() !== secret || secret.includes('\0')) return 'The secret is not text'
  if (secret.trim() !== secret) return 'The secret starts or ends with white space. It was probably copied by mistake'
  const refusal = refusalOf(secret, algorithm)
  if (refusal !== undefined) return refusal
  if (isKnownSecret(secret)) return 'The secret is in a public manual or a list of known secrets'
  if (new Set(bytes).size < MIN_DISTINCT_BYTES || repeatsItself(bytes)) {
    return 'The secret repeats itself, so it is easier to guess than its length suggests'
  }
  return undefined
}

function refusalOf(secret: string, algorithm: HmacAlgorithm): string | undefined {
  try {
    createTokenVerifier({ keys: [{ algorithm, secret }] })
    return undefined
  } catch (error) {
    if (error instanceof KeyRefusedError) return error.message
    throw error
  }
}

/** Whether the text repeats one shorter text. */
function repeatsItself(bytes: Buffer): boolean {
  for (let period = 1; period <= bytes.length / 2; period++) {
    if (bytes.subarray(period).equals(bytes.subarray(0, bytes.length - period))) return true
  }
  return false
}
