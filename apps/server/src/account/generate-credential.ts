import { createHash, randomBytes } from 'node:crypto'

/** A text that cannot be guessed: 256 random bits in base64url, behind a prefix that says what it is. */
export function generateCredential(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`
}

/** What is kept of it: whoever reads the store cannot use it. A text of 256 random bits needs no slow hash. */
export function digest(drawn: string): string {
  return createHash('sha256').update(drawn).digest('hex')
}
