import type { KeyObject } from 'node:crypto'
import process from 'node:process'

/** The minimum length of a secret that is as strong as HMAC-SHA-256, in bytes (RFC 7518 section 3.2). */
export const SOUND_SECRET_BYTES = 32

let warned = false

/** Warns once per process about a secret that is short enough to be guessed. */
export function warnOfShortSecret(secret: KeyObject): void {
  const bytes = secret.symmetricKeySize ?? 0
  if (bytes >= SOUND_SECRET_BYTES || warned) return
  warned = true
  const text = `The secret of an access token has ${bytes} bytes; under ${SOUND_SECRET_BYTES} it can be guessed from a token. Create a new one.`
  // Not every runtime has it (workerd), and a warning must not prevent minting.
  if (typeof process.emitWarning === 'function') {
    process.emitWarning(text, { type: 'SecurityWarning', code: 'STAGEDOOR_SHORT_SECRET' })
    // biome-ignore lint/suspicious/noConsole: there is no other way to warn there.
  } else console.warn(`SecurityWarning [STAGEDOOR_SHORT_SECRET]: ${text}`)
}
