import { describe, expect, it } from 'vitest'
import { CLAIMS, craftToken, HEADER } from './craft-token.fixture.ts'
import { inspectToken } from './inspect-token.ts'

describe('inspecting a token', () => {
  it('returns its content, even if it is forged or expired', () => {
    const token = craftToken({ ...CLAIMS, exp: 1 }, { ...HEADER, kid: 'k1' }, 'a secret that no verifier was given')
    expect(inspectToken(token)).toEqual({
      ok: true,
      header: { ...HEADER, kid: 'k1' },
      payload: { ...CLAIMS, exp: 1 },
    })
  })

  it.each([
    ['nothing', undefined, 'The token is not a string'],
    ['two parts', 'e30.e30', 'A token has exactly three parts with a dot between them'],
    ['too much', 'x'.repeat(8_193), 'The token is longer than 8192 characters'],
    ['a header with padding', 'e30=.e30.', 'The header is not canonical base64url'],
    ['a payload that is no JSON', `e30.${Buffer.from('no').toString('base64url')}.`, 'The payload is not valid JSON'],
    [
      'a payload that is an array',
      `e30.${Buffer.from('[]').toString('base64url')}.`,
      'The payload is not a JSON object',
    ],
  ])('says why it cannot: %s', (_what, token, reason) => {
    expect(inspectToken(token)).toEqual({ ok: false, reason })
  })
})
