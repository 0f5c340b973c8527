import { createHash, randomBytes } from 'node:crypto'

/** Generates a credential that cannot be guessed: 256 random bits in base64url, with a prefix for its kind. */
export function generateCredential(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`
}

/** The stored digest, which is useless to a reader of the store. 256 random bits need no slow hash. */
export function digest(drawn: string): string {
  return createHash('sha256').update(drawn).digest('hex')
}
