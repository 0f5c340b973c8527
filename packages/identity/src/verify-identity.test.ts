import { exportJWK, generateKeyPair, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { AUDIENCE, ISSUER, NOW, openProvider } from './provider.fixture.ts'
import {
  MAX_ISSUED_AHEAD_SECONDS,
  MAX_KEYS_TRIED,
  type PresentedToken,
  type TokenType,
  verifyIdentity,
} from './verify-identity.ts'

const TRUST = { issuer: ISSUER, audience: AUDIENCE, userIdClaim: 'sub' }

type Provider = Awaited<ReturnType<typeof openProvider>>

async function verdictOf(provider: Provider, token: string, rest: Partial<PresentedToken> = {}) {
  const presented = { token, type: 'jwt' as TokenType, providers: [TRUST], clockSkewSeconds: 5, now: NOW, ...rest }
  const found = await verifyIdentity(provider.keys, presented)
  return found.ok ? found.userId : found.reason
}

describe('a token of a provider', () => {
  it('belongs to the user that its claim names', async () => {
    const provider = await openProvider()
    expect(await verdictOf(provider, await provider.sign())).toBe('alice')
    expect(await verdictOf(provider, await provider.sign({ aud: ['other', AUDIENCE] }))).toBe('alice')
    const providers = [{ ...TRUST, userIdClaim: 'nickname' }]
    expect(await verdictOf(provider, await provider.sign({ nickname: 'al' }), { providers })).toBe('al')
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['of another issuer', { iss: 'https://login.evil.example' }, 'issuer_untrusted'],
    ['of no issuer', { iss: undefined }, 'issuer_untrusted'],
    ['for another audience', { aud: 'other' }, 'audience_mismatch'],
    ['for no audience', { aud: undefined }, 'audience_mismatch'],
    ['that has ended', { exp: NOW - 5 }, 'token_expired'],
    ['without an end', { exp: undefined }, 'token_unfit'],
    ['of a later time', { nbf: NOW + 6 }, 'token_not_yet_valid'],
    ['without a beginning', { iat: undefined }, 'token_unfit'],
    ['issued ahead of time', { iat: NOW + MAX_ISSUED_AHEAD_SECONDS + 1 }, 'token_not_yet_valid'],
    ['issued long ago', { iat: NOW - 101 }, 'token_too_old'],
    ['that is bound to a key', { cnf: { jkt: 'a' } }, 'token_unfit'],
    ['to log out with', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, 'token_unfit'],
    ['of nobody', { sub: undefined }, 'user_id_unusable'],
    ['of a number', { sub: 7 }, 'user_id_unusable'],
    ['of any user', { sub: 'ApiKey_Token' }, 'user_id_unusable'],
    ['of a user whose id is empty', { sub: '' }, 'user_id_unusable'],
    ['of a user whose id is too long', { sub: 'x'.repeat(257) }, 'user_id_unusable'],
    ['of a user whose id breaks lines', { sub: 'alice\nadmin' }, 'user_id_unusable'],
    ['of a user whose id no path can hold', { sub: '..' }, 'user_id_unusable'],
    ['of a user whose id is half a letter', { sub: 'alice\ud800' }, 'user_id_unusable'],
  ])('is refused, where it is one %s', async (_what, claims, reason) => {
    const provider = await openProvider()
    expect(await verdictOf(provider, await provider.sign(claims), { maxAgeSeconds: 100 })).toBe(reason)
  })

  it('is accepted at the limits', async () => {
    const provider = await openProvider()
    for (const claims of [
      { exp: NOW - 4 },
      { nbf: NOW + 5 },
      { iat: NOW + MAX_ISSUED_AHEAD_SECONDS },
      { iat: NOW - 100 },
    ]) {
      expect(await verdictOf(provider, await provider.sign(claims), { maxAgeSeconds: 100 })).toBe('alice')
    }
    expect(await verdictOf(provider, await provider.sign({ sub: 'x'.repeat(256) }))).toHaveLength(256)
    expect(await verdictOf(provider, await provider.sign({ iat: 1 }))).toBe('alice')
  })

  it.each([undefined, false, 'true', 1])('is refused for an email with email_verified: %s', async (verified) => {
    const provider = await openProvider()
    const providers = [{ ...TRUST, userIdClaim: 'email' }]
    const token = await provider.sign({ email: 'alice@example.com', email_verified: verified })
    expect(await verdictOf(provider, token, { providers })).toBe('user_id_unusable')
    const good = await provider.sign({ email: 'alice@example.com', email_verified: true })
    expect(await verdictOf(provider, good, { providers })).toBe('alice@example.com')
  })

  it.each(['__proto__', 'constructor', 'toString'])(
    'is refused for a claim named like a member of every object: %s',
    async (userIdClaim) => {
      const provider = await openProvider()
      const providers = [{ ...TRUST, userIdClaim }]
      expect(await verdictOf(provider, await provider.sign(), { providers })).toBe('user_id_unusable')
    },
  )

  it.each<[string | undefined, TokenType, string]>([
    ['JWT', 'id_token', 'alice'],
    ['at+jwt', 'id_token', 'token_unfit'],
    ['at+jwt', 'access_token', 'alice'],
    ['application/at+jwt', 'jwt', 'alice'],
    ['logout+jwt', 'jwt', 'token_unfit'],
    ['secevent+jwt', 'jwt', 'token_unfit'],
    ['dpop+jwt', 'jwt', 'token_unfit'],
  ])('that calls itself %s is, presented as %s: %s', async (typ, type, verdict) => {
    const provider = await openProvider()
    expect(await verdictOf(provider, await provider.sign({}, { typ }), { type })).toBe(verdict)
  })

  it('is refused if it is unsigned, signed with a public value, or with another key', async () => {
    const provider = await openProvider()
    const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'alice', iat: NOW, exp: NOW + 60 }
    expect(await verdictOf(provider, new UnsecuredJWT(claims).encode())).toBe('signature_invalid')
    const secret = new TextEncoder().encode(JSON.stringify(provider.own))
    expect(await verdictOf(provider, await provider.sign({}, { alg: 'HS256' }, secret))).toBe('signature_invalid')
    const { privateKey } = await generateKeyPair('ES256')
    expect(await verdictOf(provider, await provider.sign({}, {}, privateKey))).toBe('signature_invalid')
    expect(await verdictOf(provider, await provider.sign({}, { kid: 'made up' }))).toBe('signature_invalid')
  })

  it.each(['', '.', 'a.b.c', 'a.b.c.d.e', '{}', `${'a'.repeat(9_000)}.a.a`])(
    'is refused if it is not a token: %s',
    async (text) => {
      expect(await verdictOf(await openProvider(), text)).toBe('token_malformed')
    },
  )

  it('cannot be verified while its keys are unavailable', async () => {
    const provider = await openProvider()
    const down = { of: async () => undefined }
    expect(await verdictOf({ ...provider, keys: down as never }, await provider.sign())).toBe('provider_unavailable')
  })
})

describe('the keys of a provider', () => {
  it('may contain unknown members (RFC 7517 section 5)', async () => {
    const before = [
      null,
      'text',
      7,
      [],
      {},
      { kty: null },
      { kty: 'NEW', kid: 'k' },
      { kty: 'oct', kid: 'secret', k: 'AAAA' },
    ]
    const provider = await openProvider({ before })
    expect(await verdictOf(provider, await provider.sign())).toBe('alice')
    expect(provider.failures).toEqual([])
  })

  it('may share a key id if they are of different kinds (RFC 7517 section 4.5)', async () => {
    const rsa = await exportJWK((await generateKeyPair('RS256')).publicKey)
    const provider = await openProvider({ before: [{ ...rsa, kid: 'k' }] })
    expect(await verdictOf(provider, await provider.sign())).toBe('alice')
  })

  it('may share a key id and a kind, or have no key id: then each is tried', async () => {
    const other = await exportJWK((await generateKeyPair('ES256')).publicKey)
    const provider = await openProvider({ before: [{ ...other, kid: 'k' }] })
    expect(await verdictOf(provider, await provider.sign())).toBe('alice')
    expect(await verdictOf(provider, await provider.sign({}, { kid: undefined }))).toBe('alice')
    expect(await verdictOf(provider, await provider.sign({ exp: NOW - 60 }))).toBe('token_expired')
  })

  it(`are tried up to ${MAX_KEYS_TRIED}`, async () => {
    const other = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'k' }
    const last = await openProvider({ before: Array(MAX_KEYS_TRIED - 1).fill(other) })
    expect(await verdictOf(last, await last.sign())).toBe('alice')
    const beyond = await openProvider({ before: Array(MAX_KEYS_TRIED).fill(other) })
    expect(await verdictOf(beyond, await beyond.sign())).toBe('signature_invalid')
  })
})
