import { createHash, timingSafeEqual } from 'node:crypto'
import { MAX_SIGNING_KEYS } from '../api-key/add-signing-key.ts'

/** Whether a text is one of some secrets, in a time that depends neither on the result nor on their number. */
export type IsSecret = (given: string) => boolean

// A digest that no text has.
const NOTHING = Buffer.alloc(32)

export function checkSecrets(secrets: readonly string[]): IsSecret {
  const digests = Array.from({ length: MAX_SIGNING_KEYS }, (_none, at) => {
    const secret = secrets[at]
    return secret === undefined ? NOTHING : digest(secret)
  })
  return (given) => {
    const ofGiven = digest(given)
    return digests.map((known) => timingSafeEqual(known, ofGiven)).includes(true)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
