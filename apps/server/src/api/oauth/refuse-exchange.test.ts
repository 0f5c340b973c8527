import { exportSPKI, generateKeyPair, importJWK, UnsecuredJWT } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { revoke } from '../../api-key/revoke.ts'
import { systemClock } from '../../clock.ts'
import { AUDIENCE, openProvider, serve } from '../../exchange/provider.fixture.ts'
import { FREE_TRIES, Throttle } from '../../rate-limit/throttle.ts'
import { MAX_FORM_BYTES } from './form.ts'
import { MAX_EXCHANGES_PER_MINUTE } from './serve-token-exchange.ts'
import { type Fields, now, openExchange, TOKEN, TYPE } from './token-exchange.fixture.ts'

const NOT_GOOD = expect.stringContaining('is no good one')

afterEach(() => {
  vi.useRealTimers()
})

describe('nothing is exchanged', () => {
  it.each<[string, Record<string, unknown>, string, unknown]>([
    ['of another issuer', { iss: 'https://login.evil.example' }, 'issuer_untrusted', NOT_GOOD],
    ['of no issuer', { iss: undefined }, 'issuer_untrusted', NOT_GOOD],
    ['for another audience', { aud: 'another' }, 'audience_mismatch', expect.stringContaining('audience')],
    ['for no audience', { aud: undefined }, 'audience_mismatch', expect.stringContaining('audience')],
    ['that has expired', { exp: now() - 1 }, 'token_expired', expect.stringContaining('expired')],
    ['that is not valid yet', { nbf: now() + 60 }, 'token_not_yet_valid', expect.stringContaining('yet')],
    ['that is dated far ahead', { iat: now() + 400, exp: now() + 900 }, 'token_not_yet_valid', expect.any(String)],
    ['that is older than a day', { iat: now() - 86_500 }, 'token_too_old', expect.any(String)],
    ['without an end', { exp: undefined }, 'token_unfit', expect.any(String)],
    ['without a beginning', { iat: undefined }, 'token_unfit', expect.any(String)],
    ['that is bound to a key', { cnf: { jkt: 'a' } }, 'token_unfit', expect.any(String)],
    [
      'that logs out',
      { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
      'token_unfit',
      expect.any(String),
    ],
    ['of nobody', { sub: undefined }, 'user_id_unusable', expect.any(String)],
    ['of any user', { sub: 'ApiKey_Token' }, 'user_id_unusable', expect.any(String)],
    ['of a user whose id is too long', { sub: 'x'.repeat(257) }, 'user_id_unusable', expect.any(String)],
    ['of a user whose id is empty', { sub: '' }, 'user_id_unusable', expect.any(String)],
    ['of a user whose id breaks lines', { sub: 'alice\nadmin' }, 'user_id_unusable', expect.any(String)],
    ['of a user whose id is half a letter', { sub: 'alice\ud800' }, 'user_id_unusable', expect.any(String)],
  ])('for a token %s', async (_what, claims, reason, description) => {
    const { exchange, sign, outcomes } = await openExchange()
    const { status, body } = await exchange(await sign(claims))
    expect([status, body]).toEqual([400, { error: 'invalid_request', error_description: description }])
    expect(outcomes).toEqual([reason])
  })

  it('for one that is unsigned, or signed with a public value', async () => {
    const { exchange, provider, outcomes } = await openExchange()
    const claims = { iss: provider.issuer, aud: AUDIENCE, sub: 'alice', iat: now(), exp: now() + 60 }
    const spki = await exportSPKI((await importJWK(provider.publicJwk, 'ES256', { extractable: true })) as CryptoKey)
    const secrets = [spki, JSON.stringify(provider.publicJwk), String(provider.publicJwk.x), 'k'].map((text) =>
      new TextEncoder().encode(text.padEnd(32)),
    )
    const confused = secrets.map((key) => provider.sign(claims, { header: { alg: 'HS256' }, key }))
    const tokens = [new UnsecuredJWT(claims).encode(), ...(await Promise.all(confused))]
    for (const token of tokens) expect((await exchange(token)).body.error_description).toEqual(NOT_GOOD)
    expect(new Set(outcomes)).toEqual(new Set(['signature_invalid']))
  })

  it('for one that is signed with a secret that its provider has published', async () => {
    const { exchange, sign, provider } = await openExchange()
    const key = new TextEncoder().encode('what all the world may read is no secret')
    provider.state.keys = [{ kty: 'oct', k: Buffer.from(key).toString('base64url'), kid: 'k', alg: 'HS256' }]
    const { body } = await exchange(await sign({}, { header: { alg: 'HS256' }, key }))
    expect(body.error_description).toEqual(NOT_GOOD)
  })

  it('for one that is not valid yet by the clock of the platform', async () => {
    const clock = { ...systemClock, now: () => systemClock.now() - 200 }
    const { exchange, sign, outcomes } = await openExchange({}, {}, { clock })
    await exchange(await sign({ nbf: now() }))
    expect(outcomes).toEqual(['token_not_yet_valid'])
  })

  it('for one that contains its own key, or names another key than it is signed with', async () => {
    const { exchange, sign, provider, outcomes } = await openExchange()
    const own = await generateKeyPair('ES256')
    const asked: (string | undefined)[] = []
    const theirs = await serve(({ url }, response) => {
      asked.push(url)
      response.end('{"keys":[]}')
    })
    const headers = [
      { kid: 'k' },
      { kid: '' },
      { kid: '__proto__' },
      { kid: `${theirs}/keys` },
      { kid: '../../keys' },
      { kid: undefined },
      { kid: 'k', jwk: provider.publicJwk },
      { kid: 'k', jku: `${theirs}/keys` },
      { kid: 'k', x5u: `${theirs}/keys` },
      { kid: 'k', alg: 'RS256' as const },
    ]
    for (const header of headers) {
      const signed = await sign({}, { header: { ...header, alg: 'ES256' }, key: own.privateKey })
      expect((await exchange(signed)).body.error_description).toEqual(NOT_GOOD)
    }
    expect([asked, new Set(outcomes)]).toEqual([[], new Set(['signature_invalid'])])
  })

  it('for one that is signed by another provider, even if both are trusted', async () => {
    const operations = await openExchange()
    const other = await openProvider()
    const { apiKey } = await operations.enroll({ identityProviders: [operations.provider.trust, other.trust] })
    const forged = await other.sign({ iss: operations.provider.issuer })
    const { body } = await operations.exchange(forged, { audience: apiKey })
    expect(body.error_description).toEqual(NOT_GOOD)
    expect((await operations.exchange(await other.sign(), { audience: apiKey })).status).toBe(200)
  })

  it('with another API key than the one that trusts its provider', async () => {
    const { exchange, sign, enroll, outcomes } = await openExchange()
    const other = await openProvider()
    const bank = await enroll({ identityProviders: [other.trust] })
    const { body } = await exchange(await sign(), { audience: bank.apiKey })
    expect(body.error_description).toEqual(NOT_GOOD)
    expect(outcomes).toEqual(['issuer_untrusted'])
  })

  it('for an API key without providers, and for an unknown one, with the same message', async () => {
    const { exchange, sign, enroll } = await openExchange()
    const none = await enroll()
    const known = await exchange(await sign(), { audience: none.apiKey })
    const unknown = await exchange(await sign(), { audience: 'key_of_nobody' })
    expect([known.status, known.body.error]).toEqual([400, 'invalid_target'])
    expect(unknown.text).toBe(known.text)
  })

  it('for an access token presented as an ID token, and for a logout token', async () => {
    const { exchange, sign } = await openExchange()
    const access = await sign({}, { header: { typ: 'at+jwt' } })
    expect((await exchange(access)).status).toBe(400)
    expect((await exchange(access, { subject_token_type: `${TYPE}access_token` })).status).toBe(200)
    expect((await exchange(await sign({}, { header: { typ: 'logout+jwt' } }))).status).toBe(400)
    expect((await exchange(await sign({}, { header: { crit: ['x'], x: 1 } }).catch(() => 'none'))).status).toBe(400)
  })

  it('for one that is older than a revocation of its user, or of everything', async () => {
    const { exchange, sign, changeContext, keyring, apiKey, outcomes } = await openExchange()
    const [before, ofBob] = [await sign({ iat: now() - 10 }), await sign({ iat: now() - 10, sub: 'bob' })]
    await revoke(changeContext, apiKey, { kind: 'user', subject: 'alice' })
    await keyring.refresh()
    expect((await exchange(before)).body.error_description).toContain('revocation')
    expect((await exchange(await sign({ iat: now() + 1 }))).status).toBe(200)
    expect((await exchange(ofBob)).status).toBe(200)
    await revoke(changeContext, apiKey, { kind: 'everything', subject: '' })
    await keyring.refresh()
    expect((await exchange(ofBob)).status).toBe(400)
    expect(outcomes.filter((outcome) => outcome === 'token_revoked')).toHaveLength(2)
  })
})

describe('a provider', () => {
  it('that is down does not make the token invalid: the client is told to retry', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const throttle = new Throttle(systemClock)
    const noted = vi.spyOn(throttle, 'recordFailure')
    const { exchange, sign, provider, outcomes } = await openExchange({}, {}, { throttle })
    provider.state.isDown = true
    for (let at = 0; at <= FREE_TRIES + 1; at++) {
      const { status, headers, body } = await exchange(await sign())
      expect([status, body.error, headers['retry-after']]).toEqual([503, 'temporarily_unavailable', '10'])
    }
    expect(provider.state.asked).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['provider_unavailable']))
    expect(noted).not.toHaveBeenCalled()
    provider.state.isDown = false
    vi.setSystemTime(Date.now() + 10_000)
    expect((await exchange(await sign())).status).toBe(200)
  })

  it('that changes its key is queried again, but not for every made-up key id', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { exchange, sign, provider } = await openExchange()
    await exchange(await sign())
    const key = await provider.rotate('k2')
    vi.setSystemTime(Date.now() + 10_000)
    expect((await exchange(await sign({}, { header: { kid: 'k2' }, key }))).status).toBe(200)
    const asked = provider.state.asked.length
    const madeUp = await Promise.all(
      Array.from({ length: 4 }, (_none, at) => sign({}, { header: { kid: `made-up-${at}` } })),
    )
    for (const token of madeUp) expect((await exchange(token)).status).toBe(400)
    expect(provider.state.asked).toHaveLength(asked)
  })

  it.each<[string, (issuer: string) => Record<string, unknown>]>([
    ['calls itself another one', () => ({ issuer: 'https://login.example' })],
    ['calls itself almost as it should', (issuer) => ({ issuer: `${issuer}/` })],
    ['names no keys', () => ({ jwks_uri: undefined })],
    ['names keys that are no address', () => ({ jwks_uri: 'keys' })],
    ['names keys in a file', () => ({ jwks_uri: 'file:///etc/passwd' })],
  ])('that %s is not believed', async (_what, discovery) => {
    const { exchange, sign, provider } = await openExchange()
    provider.state.discovery = discovery(provider.issuer)
    expect((await exchange(await sign())).status).toBe(503)
  })
})

describe('a request to exchange', () => {
  it.each<[string, Fields, string]>([
    ['of another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['of no grant', { grant_type: undefined }, 'invalid_request'],
    ['without a token', { subject_token: '' }, 'invalid_request'],
    ['of a token of another type', { subject_token_type: `${TYPE}saml2` }, 'invalid_request'],
    ['without an API key', { audience: undefined }, 'invalid_request'],
    ['of another client', { client_id: 'somebody' }, 'invalid_request'],
    ['with a secret', { client_secret: 'a' }, 'invalid_request'],
    ['for another kind of token', { requested_token_type: `${TYPE}refresh_token` }, 'invalid_request'],
    ['for somebody else', { actor_token: 'a' }, 'invalid_request'],
    ['for a resource', { resource: 'https://shop.example' }, 'invalid_request'],
  ])('%s is refused', async (_what, fields, error) => {
    const { exchange, sign, outcomes } = await openExchange()
    const answer = await exchange(await sign(), fields)
    expect([answer.status, answer.body.error, outcomes]).toEqual([400, error, ['malformed']])
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('is refused with a repeated parameter, in the URL, or as JSON', async () => {
    const { post, formOf, sign } = await openExchange()
    const form = formOf(await sign())
    const answers = [
      await post(TOKEN, `${form}&audience=another`),
      await post(TOKEN, `${form}&subject_token=another`),
      await post(
        `${TOKEN}?subject_token=${form.get('subject_token')}`,
        formOf('', { subject_token: undefined }).toString(),
      ),
      await post(`${TOKEN}?audience=a`, form.toString()),
      await post(TOKEN, JSON.stringify(Object.fromEntries(form)), { 'content-type': 'application/json' }),
      await post(TOKEN, form.toString(), { authorization: 'Basic a2V5OnNlY3JldA==' }),
    ]
    for (const { status, body } of answers) expect([status, body.error]).toEqual([400, 'invalid_request'])
  })

  it(`has a size: of a mebibyte, or one byte more than ${MAX_FORM_BYTES}, nothing is read`, async () => {
    const { post, formOf } = await openExchange()
    const empty = formOf('x').toString().length - 1
    expect((await post(TOKEN, formOf('x'.repeat(MAX_FORM_BYTES - empty)).toString())).status).toBe(400)
    for (const length of [MAX_FORM_BYTES - empty + 1, 1024 * 1024]) {
      expect((await post(TOKEN, formOf('x'.repeat(length)).toString())).status).toBe(413)
    }
  })

  it('is delayed after repeated refusals, but not if it is valid', async () => {
    const { exchange, sign } = await openExchange({}, {}, { throttle: new Throttle(systemClock) })
    const [bad, good] = [await sign({ aud: 'another' }), await sign()]
    for (let at = 0; at < FREE_TRIES; at++) await exchange(bad)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let isAnswered = false
    const slow = exchange(bad).then(() => {
      isAnswered = true
    })
    expect((await exchange(good)).status).toBe(200)
    expect(isAnswered).toBe(false)
    await vi.advanceTimersByTimeAsync(2_000)
    await slow
  })

  it('is limited per minute and address', async () => {
    const { exchange, outcomes } = await openExchange()
    vi.useFakeTimers({ toFake: ['Date'] })
    const ask = () => exchange('', { grant_type: 'password' })
    for (let at = 0; at < MAX_EXCHANGES_PER_MINUTE; at++) await ask()
    const { status, headers } = await ask()
    expect([status, headers['retry-after'], outcomes.at(-1)]).toEqual([429, '1', 'rate_limited'])
  })

  it('leaves nothing of a token in the log, whatever the outcome', async () => {
    const { exchange, sign, lines, provider, formOf, post } = await openExchange()
    const good = await sign()
    const tokens = [good, await sign({ aud: 'another' }), await sign({ sub: 'ApiKey_Token' }), `${good}x`]
    for (const token of tokens) await exchange(token)
    await post(`${TOKEN}?subject_token=${good}`, formOf(good).toString())
    provider.state.isDown = true
    await exchange(await sign({}, { header: { kid: 'other' } }))
    const log = lines.join('')
    expect(lines.length).toBeGreaterThan(2)
    for (const part of tokens.flatMap((token) => token.split('.'))) expect(log).not.toContain(part)
    expect(log).not.toContain('eyJ')
  })
})
