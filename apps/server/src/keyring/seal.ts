import { Buffer } from 'node:buffer'
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const IV_BYTES = 12
const TAG_BYTES = 16

/** Encrypts what is kept in the store, and ties it to the place where it lies. */
export interface Seal {
  /** @param place what the text belongs to; it opens under no other. */
  close(text: string, place: string): Uint8Array
  /** @throws {SealBrokenError} where the bytes were not sealed with this key for this place. */
  open(sealed: Uint8Array, place: string): string
}

export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError'
}

/** AES-256-GCM (NIST SP 800-38D): initialization vector, tag and ciphertext in one. */
export function createSeal(masterKey: KeyObject): Seal {
  return {
    close(text, place) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', masterKey, iv).setAAD(Buffer.from(place))
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), ciphertext])
    },
    open(sealed, place) {
      const iv = sealed.subarray(0, IV_BYTES)
      const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
      try {
        const decipher = createDecipheriv('aes-256-gcm', masterKey, iv, { authTagLength: TAG_BYTES })
        decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
        const ciphertext = sealed.subarray(IV_BYTES + TAG_BYTES)
        return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
      } catch {
        throw new SealBrokenError('The master key does not open this, or it was changed')
      }
    },
  }
}
