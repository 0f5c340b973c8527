import { describe, expect, it } from 'vitest'
import { decodeBase64Url, encodeBase64Url } from './base64url.ts'

describe('base64url', () => {
  it('decodes what it encodes', () => {
    expect(decodeBase64Url(encodeBase64Url('any carnal pleas'))?.toString()).toBe('any carnal pleas')
  })

  it.each([
    ['padding', 'YQ=='],
    ['white space', 'Y W E'],
    ['a line feed', 'YWFh\n'],
    ['the standard alphabet', '+/+/'],
    ['stray bits', 'YR'],
    ['a lone character', 'YWFhY'],
    ['a character that folds into the alphabet', 'YWF\u0141'],
  ])('refuses %s', (_what, text) => {
    expect(decodeBase64Url(text)).toBeUndefined()
  })

  it('accepts only one text, whichever UTF-16 character replaces one of its own', () => {
    for (const [at, text] of ['_AAA', 'A_AA', 'AA_A', 'AAA_', 'A_', 'AA_'].entries()) {
      const place = text.indexOf('_')
      const accepted = []
      for (let code = 0; code <= 0xffff; code++) {
        const candidate = text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1)
        if (decodeBase64Url(candidate) !== undefined) accepted.push(candidate)
      }
      expect(accepted.length).toBe(at < 4 ? 64 : text.length === 2 ? 4 : 16)
      expect(accepted.every((candidate) => /^[A-Za-z0-9_-]+$/.test(candidate))).toBe(true)
    }
  })
})
