import { AccessToken } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { readToken, userOf } from './read-token.ts'

const SECRET = 'the secret of a test, not of anybody else'
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('reading a pasted token', () => {
  it('returns what was minted, in any script', () => {
    const token = new AccessToken('key', SECRET, { apiRTC_UserAgent_Id: 'Zoë – 東京', ttl: 60 }).toJwt()
    for (const pasted of [token, `  ${token}\n`, `Bearer ${token}`]) {
      const read = readToken(pasted)
      expect(read).toMatchObject({ ok: true, header: { alg: 'HS256' }, claims: { sub: 'key' } })
      expect(read.ok && userOf(read.claims)).toBe('Zoë – 東京')
    }
  })

  it.each([
    ['too few parts', 'a.b', 'this one has 2'],
    ['nothing', '', 'this one has 1'],
    ['a header that is not JSON', `!!.${part({})}.x`, 'The header'],
    ['claims that are a list', `${part({})}.${part([])}.x`, 'The claims'],
    [
      'claims that are not UTF-8',
      `${part({})}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.x`,
      'The claims',
    ],
  ])('explains %s', (_what, pasted, reason) => {
    const read = readToken(pasted)
    expect(read.ok ? '' : read.reason).toContain(reason)
  })

  it('finds no user in a wildcard token', () => {
    expect(userOf({ grants: { apiRTC_UserAgent_Id: 'ApiKey_Token' } })).toBeUndefined()
    expect(userOf({ grants: null })).toBeUndefined()
    expect(userOf({})).toBeUndefined()
  })
})
