import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decrypt, encrypt } from './encrypt.ts'

const key = createSecretKey(randomBytes(32))

describe('an encrypted text', () => {
  it('is decrypted with its key for its place', () => {
    expect(decrypt(key, encrypt(key, 'a text: äöü', 'here'), 'here')).toBe('a text: äöü')
  })

  it('differs each time', () => {
    expect(encrypt(key, 'same', 'here')).not.toEqual(encrypt(key, 'same', 'here'))
  })

  it('is not decrypted for another place', () => {
    expect(decrypt(key, encrypt(key, 'text', 'here'), 'there')).toBeUndefined()
  })

  it('is not decrypted with another key', () => {
    expect(decrypt(createSecretKey(randomBytes(32)), encrypt(key, 'text', 'here'), 'here')).toBeUndefined()
  })

  it('is not decrypted if a single bit was changed, or the end is missing', () => {
    const sealed = Buffer.from(encrypt(key, 'text', 'here'))
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(decrypt(key, changed, 'here')).toBeUndefined()
      expect(decrypt(key, sealed.subarray(0, at), 'here')).toBeUndefined()
    }
  })
})
