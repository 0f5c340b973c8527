import { describe, expect, it } from 'vitest'
import { generatePassword, writePassword } from './generate-password.ts'

describe('a generated password', () => {
  it('has four groups of five unambiguous characters', () =>
    expect(generatePassword()).toMatch(/^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/))

  it('gives each character the same chance', () => {
    const signs = writePassword(Uint8Array.from({ length: 256 }, (_, byte) => byte)).replaceAll('-', '')
    const counts = [...new Set(signs)].map((sign) => signs.split(sign).length - 1)
    expect(counts).toEqual(Array.from({ length: 32 }, () => 8))
  })

  it('differs each time', () => expect(generatePassword()).not.toBe(generatePassword()))
})
