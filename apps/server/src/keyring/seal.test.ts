import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSeal, SealBrokenError } from './seal.ts'

const seal = createSeal(createSecretKey(randomBytes(32)))

describe('the seal', () => {
  it('opens what it has closed', () => {
    expect(seal.open(seal.close('a text: äöü', 'here'), 'here')).toBe('a text: äöü')
  })

  it('closes the same text differently each time', () => {
    expect(seal.close('same', 'here')).not.toEqual(seal.close('same', 'here'))
  })

  it('does not open what lies in another place', () => {
    expect(() => seal.open(seal.close('text', 'here'), 'there')).toThrow(SealBrokenError)
  })

  it('does not open under another key', () => {
    const other = createSeal(createSecretKey(randomBytes(32)))
    expect(() => other.open(seal.close('text', 'here'), 'here')).toThrow(SealBrokenError)
  })

  it('does not open when a single bit was changed, or the end is missing', () => {
    const sealed = Buffer.from(seal.close('text', 'here'))
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(() => seal.open(changed, 'here')).toThrow(SealBrokenError)
      expect(() => seal.open(sealed.subarray(0, at), 'here')).toThrow(SealBrokenError)
    }
  })
})
