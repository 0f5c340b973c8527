import { AccessToken, createTokenVerifier } from '@stagedoor/access-token'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { Revocations } from '../api-key/revocation.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import { DEFAULT_POLICY } from '../policy/policy.ts'
import { decideRegistration } from './decide-registration.ts'

const NOW = 1_000_000_000
// Tokens are minted while the tests are collected, so time stands still from the start.
vi.useFakeTimers({ now: NOW * 1000, toFake: ['Date'] })
afterAll(() => {
  vi.useRealTimers()
})

const SECRET = 'the secret of a test, not of anybody else'
const known: KnownApiKey = {
  apiKey: 'shop',
  name: 'Shop',
  state: 'active',
  policy: DEFAULT_POLICY,
  revocations: new Revocations([]),
  keysAreMissing: false,
  createdAt: 0,
  verify: createTokenVerifier({ apiKey: 'shop', keys: [{ algorithm: 'HS256', keyId: 'one', secret: SECRET }] }),
}
const NO_FACTS = () => ({ liveSessions: 0, isUsed: false })
const keyring = {
  find: (apiKey: string) => (apiKey === 'shop' ? known : undefined),
  isDisabled: (apiKey: string) => apiKey === 'closed',
}
type Options = ConstructorParameters<typeof AccessToken>[2]

function mint(options: Options = {}, secret = SECRET): string {
  return new AccessToken('shop', secret, { apiRTC_UserAgent_Id: 'alice', ...options }).toJwt()
}

function request(token: string | undefined, id = 'alice', apiKey = 'shop', now = NOW) {
  return decideRegistration({ apiKey, id, token }, keyring, now, NO_FACTS)
}

describe('a registration attempt', () => {
  it('with a valid token is admitted until the token expires', () => {
    expect(request(mint({ ttl: 60 }))).toMatchObject({ ok: true, userId: 'alice', expiresAt: NOW + 60 })
  })

  it('is admitted with the user data in the token rather than that of the client', () => {
    const token = mint({ userData: { name: 'Alice' } })
    const claimed = { apiKey: 'shop', id: 'alice', token, userData: { name: 'The boss' } }
    expect(decideRegistration(claimed, keyring, NOW, NO_FACTS)).toMatchObject({ userData: { name: 'Alice' } })
    expect(decideRegistration({ ...claimed, token: mint() }, keyring, NOW, NO_FACTS)).toMatchObject({
      userData: { name: 'The boss' },
    })
  })

  it.each([
    ['no token', undefined, 'token_missing'],
    ['a text that is no token', 'a.b', 'token_malformed'],
    ['a text that is too long', 'a'.repeat(8193), 'token_too_large'],
  ])('with %s learns so, whether there is such an API key or not', (_what, token, code) => {
    for (const apiKey of ['shop', 'nobody']) {
      expect(request(token, 'alice', apiKey)).toMatchObject({ ok: false, code, publicCode: code })
    }
  })

  it.each([
    ['a bad signature', request(mint({}, `not ${SECRET}`)), 'signature_invalid'],
    ['an unknown key', request(mint({ keyId: 'two' })), 'key_unknown'],
    ['another algorithm', request(mint({ algorithm: 'HS512' })), 'algorithm_refused'],
    ['an unknown API key', request(mint(), 'alice', 'nobody'), 'api_key_unknown'],
    [
      'a token that is forged and expired',
      request(mint({}, `not ${SECRET}`), 'alice', 'shop', NOW + 9_999),
      'signature_invalid',
    ],
  ])('with %s learns no more than that the token is invalid', (_what, answer, code) => {
    expect(answer).toMatchObject({ ok: false, code, publicCode: 'token_invalid' })
  })

  it.each([
    ['an expired token', request(mint(), 'alice', 'shop', NOW + 3_600), 'token_expired'],
    ['another user id', request(mint(), 'bob'), 'user_id_mismatch'],
    ['another audience', request(mint({ audience: 'elsewhere' })), 'audience_mismatch'],
    ['a token for any user', request(mint({ apiRTC_UserAgent_Id: 'ApiKey_Token' })), 'wildcard_refused'],
    ['a token without a user', request(mint({ apiRTC_UserAgent_Id: undefined })), 'user_id_mismatch'],
    ['a token of the future', request(mint({ notBefore: NOW + 60 })), 'token_not_yet_valid'],
  ])('with %s whose signature holds learns precisely why', (_what, answer, code) => {
    expect(answer).toMatchObject({ ok: false, code, publicCode: code })
  })

  it('that is refused reports the checks and the clock difference to the owner', () => {
    const answer = request(mint({ ttl: 10 }), 'alice', 'shop', NOW + 105)
    expect(answer).toMatchObject({ code: 'token_expired', clockDifferenceSeconds: -95 })
    const failed = answer.ok ? [] : answer.checks.filter(({ outcome }) => outcome === 'failed')
    expect(failed).toMatchObject([{ check: 'expiry' }])
  })
})

describe('what only the owner of an API key learns', () => {
  it('is that the API key is disabled, rather than unknown', () => {
    const [closed, none] = ['closed', 'nobody'].map((apiKey) => request(mint(), 'alice', apiKey))
    expect(closed).toMatchObject({ message: expect.stringContaining('is disabled') })
    expect(none).toMatchObject({ message: 'There is no such API key' })
    const seen = (refusal: typeof closed) => refusal?.ok === false && [refusal.publicCode, refusal.code]
    expect(seen(closed)).toEqual(seen(none))
  })

  it.each([
    ['a key id that is not here', 'two', 'key_unknown'],
    ['the key id of another secret here', 'one', 'signature_invalid'],
  ])('is that a token of %s names another API key', (_what, keyId, code) => {
    const other = 'another secret of a test, not of anybody else'
    const foreign = new AccessToken('stall', other, { apiRTC_UserAgent_Id: 'alice', keyId }).toJwt()
    const own = new AccessToken('shop', other, { apiRTC_UserAgent_Id: 'alice', keyId }).toJwt()
    const [refused, before] = [request(foreign), request(own)]
    expect(refused).toMatchObject({ ok: false, code, publicCode: 'token_invalid' })
    expect(refused).toMatchObject({ message: expect.stringContaining('"sub" names another API key') })
    // No part of it that an attacker could choose.
    expect(JSON.stringify(refused)).not.toContain('stall')
    expect(before).toMatchObject({ code, publicCode: 'token_invalid', message: expect.not.stringContaining('"sub"') })
  })
})
