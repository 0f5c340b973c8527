import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSeal, type MasterKeys, SealBrokenError } from './seal.ts'

const draw = () => createSecretKey(randomBytes(32))
const [first, second] = [draw(), draw()]

describe('the seal', () => {
  it('decrypts what it encrypted', () => {
    const seal = createSeal(() => [first])
    expect(seal.open(seal.close('a text: äöü', 'here'), 'here', seal.version)).toBe('a text: äöü')
  })

  it('does not decrypt for another place, or with another key', () => {
    const seal = createSeal(() => [first])
    const other = createSeal(() => [second])
    expect(() => seal.open(seal.close('text', 'here'), 'there', 1)).toThrow(SealBrokenError)
    expect(() => other.open(seal.close('text', 'here'), 'here', 1)).toThrow(SealBrokenError)
  })

  it('notices a rotation when it decrypts, and encrypts with the new key from then on', () => {
    let keys: MasterKeys = [first]
    const running = createSeal(() => keys)
    const before = running.close('old', 'here')
    running.open(before, 'here', 1)
    const rotated = createSeal(() => [second], 2)
    const after = rotated.close('new', 'here')
    expect(() => running.open(after, 'here', 2)).toThrow(SealBrokenError)
    keys = [second]
    expect(running.open(after, 'here', 2)).toBe('new')
    expect(running.version).toBe(2)
    expect(rotated.open(running.close('newer', 'here'), 'here', 2)).toBe('newer')
    expect(running.open(before, 'here', 1)).toBe('old')
  })

  it('does not read the keys again for each decryption', () => {
    let asked = 0
    const seal = createSeal(() => {
      asked++
      return [first]
    })
    const sealed = seal.close('text', 'here')
    for (let time = 0; time < 10; time++) seal.open(sealed, 'here', 1)
    expect(asked).toBe(2)
  })
})
