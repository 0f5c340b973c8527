import { AccessToken } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { readToken, userOf } from './read-token.ts'

const SECRET = 'the secret of a test, not of anybody else'
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a pasted token', () => {
  it('is read as it was minted, whatever letters it holds', () => {
    const token = new AccessToken('key', SECRET, { apiRTC_UserAgent_Id: 'Zoë – 東京', ttl: 60 }).toJwt()
    for (const pasted of [token, `  ${token}\n`, `Bearer ${token}`]) {
      const read = readToken(pasted)
      expect(read).toMatchObject({ ok: true, header: { alg: 'HS256' }, claims: { sub: 'key' } })
      expect(read.ok && userOf(read.claims)).toBe('Zoë – 東京')
    }
  })

  it.each([
    ['too few parts', 'a.b', 'this has 2'],
    ['nothing', '', 'this has 1'],
    ['a header that is no JSON', `!!.${part({})}.x`, 'Its header'],
    ['claims that are a list', `${part({})}.${part([])}.x`, 'Its claims'],
    [
      'claims that are no UTF-8',
      `${part({})}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.x`,
      'Its claims',
    ],
  ])('says what is wrong with %s', (_what, pasted, reason) => {
    const read = readToken(pasted)
    expect(read.ok ? '' : read.reason).toContain(reason)
  })

  it('names no user where it is for any', () => {
    expect(userOf({ grants: { apiRTC_UserAgent_Id: 'ApiKey_Token' } })).toBeUndefined()
    expect(userOf({ grants: null })).toBeUndefined()
    expect(userOf({})).toBeUndefined()
  })
})
