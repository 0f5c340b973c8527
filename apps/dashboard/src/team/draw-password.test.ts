import { describe, expect, it } from 'vitest'
import { generatePassword, writePassword } from './draw-password.ts'

describe('a password that is drawn', () => {
  it('is four groups of five signs that nobody takes for others', () =>
    expect(generatePassword()).toMatch(/^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/))

  it('gives each of the signs the same chance', () => {
    const signs = writePassword(Uint8Array.from({ length: 256 }, (_, byte) => byte)).replaceAll('-', '')
    const counts = [...new Set(signs)].map((sign) => signs.split(sign).length - 1)
    expect(counts).toEqual(Array.from({ length: 32 }, () => 8))
  })

  it('is another one each time', () => expect(generatePassword()).not.toBe(generatePassword()))
})
