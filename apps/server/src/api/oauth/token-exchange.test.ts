import { afterEach, describe, expect, it, vi } from 'vitest'
import { revoke } from '../../api-key/revoke.ts'
import { claimsOf, now, openExchange, TOKEN, TYPE } from './token-exchange.fixture.ts'

afterEach(() => {
  vi.useRealTimers()
})

const lesson = (name: string, role = 'guest') => ({ name, role, publish: ['audio'], subscribe: true }) as const

describe('the token of a trusted identity provider', () => {
  it('is exchanged for an access token of its user, which is admitted', async () => {
    const { exchange, sign, apiKey, keyring, outcomes } = await openExchange()
    const { status, headers, body } = await exchange(await sign())
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(body).toEqual({
      access_token: expect.any(String),
      issued_token_type: `${TYPE}access_token`,
      token_type: 'Bearer',
      expires_in: expect.any(Number),
    })
    expect(claimsOf(body.access_token)).toMatchObject({ sub: apiKey, grants: { apiRTC_UserAgent_Id: 'alice' } })
    const verdict = keyring.find(apiKey)?.verify(body.access_token, { now: Date.now() / 1_000, userId: 'alice' })
    expect(verdict?.ok).toBe(true)
    expect(outcomes).toEqual(['exchanged'])
  })

  it.each(['id_token', 'access_token', 'jwt'])(
    'is accepted as %s, and the result has the requested type',
    async (type) => {
      const { exchange, sign, apiKey } = await openExchange()
      const asked = { subject_token_type: `${TYPE}${type}`, requested_token_type: `${TYPE}jwt`, client_id: apiKey }
      const { status, body } = await exchange(await sign(), asked)
      expect([status, body.issued_token_type]).toEqual([200, `${TYPE}jwt`])
    },
  )

  it('results in a token that never outlives it, unless the policy allows that, or the policy’s limit', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_900 })
    const usual = await openExchange()
    const short = await usual.sign({ exp: now() + 30 })
    const given = (await usual.exchange(short)).body
    expect(claimsOf(given.access_token).exp).toBeLessThanOrEqual(now() + 30)
    expect(given.expires_in).toBe(29)
    const limited = await openExchange({ maxTtlSeconds: 20 })
    expect((await limited.exchange(await limited.sign())).body.expires_in).toBe(20)
    const longer = await openExchange({}, { outlivesSubject: true })
    expect((await longer.exchange(await longer.sign({ exp: now() + 30 }))).body.expires_in).toBe(3_600)
  })

  it('identifies its user by the claim in the policy, and by email only if that is verified', async () => {
    const named = await openExchange({}, { userIdClaim: 'preferred_username' })
    const { body } = await named.exchange(await named.sign({ preferred_username: 'al' }))
    expect(claimsOf(body.access_token).grants).toEqual({ apiRTC_UserAgent_Id: 'al' })
    const mailed = await openExchange({}, { userIdClaim: 'email' })
    const email = 'alice@shop.example'
    expect((await mailed.exchange(await mailed.sign({ email, email_verified: true }))).status).toBe(200)
    for (const email_verified of [false, 'true', undefined]) {
      expect((await mailed.exchange(await mailed.sign({ email, email_verified }))).status).toBe(400)
    }
  })

  it('is accepted for each trusted audience of one issuer, with its own settings', async () => {
    const operations = await openExchange()
    const { issuer } = operations.provider
    const identityProviders = [
      { ...operations.provider.trust, audience: 'app' },
      { ...operations.provider.trust, userIdClaim: 'nickname' },
    ]
    const { apiKey } = await operations.enroll({ identityProviders })
    const claims = { iss: issuer, nickname: 'al' }
    const web = await operations.exchange(await operations.sign(claims), { audience: apiKey })
    const app = await operations.exchange(await operations.sign({ ...claims, aud: ['app', 'other'] }), {
      audience: apiKey,
    })
    const ids = [web, app].map(({ body }) => claimsOf(body.access_token).grants['apiRTC_UserAgent_Id'])
    expect(ids).toEqual(['al', 'alice'])
  })
})

describe('a ban', () => {
  const refused = 'The subject token was revoked, or is older than a revocation of its user'

  it('of a session’s tokens also refuses the subject token, with any valid signature, and no other', async () => {
    const operations = await openExchange()
    const { exchange, sign, apiKey, keyring, outcomes } = operations
    const subjectToken = await sign()
    const { access_token: token } = (await exchange(subjectToken)).body
    const hash = claimsOf(token).subject_token_hash
    expect(hash).toMatch(/^[\w-]{43}$/)
    expect(claimsOf((await exchange(subjectToken)).body.access_token).subject_token_hash).toBe(hash)
    await revoke(operations.changeContext, apiKey, { kind: 'subject_token', subject: String(hash) })
    await keyring.refresh()
    expect((await exchange(subjectToken)).body).toMatchObject({ error_description: refused })
    expect((await exchange(twin(subjectToken))).body).toMatchObject({ error_description: refused })
    // Another token of the same user, which the provider issued at the same time.
    expect((await exchange(await sign({ jti: 'another' }))).status).toBe(200)
    expect(outcomes.slice(2)).toEqual(['token_revoked', 'token_revoked', 'exchanged'])
  })

  it('of a user for a period refuses every token of the provider until it ends, including later ones', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 })
    const operations = await openExchange()
    const { exchange, sign, apiKey, keyring } = operations
    await revoke(operations.changeContext, apiKey, { kind: 'ban', subject: 'alice', forSeconds: 60 })
    await keyring.refresh()
    vi.setSystemTime(1_800_000_059_999)
    expect((await exchange(await sign())).body).toMatchObject({ error_description: 'The user is banned for now' })
    expect((await exchange(await sign({ sub: 'bob' }))).status).toBe(200)
    vi.setSystemTime(1_800_000_060_000)
    expect((await exchange(await sign())).status).toBe(200)
  })
})

// The same token with the other valid signature (SEC 1 section 4.1.4): n - s is as valid as s.
function twin(token: string): string {
  const [header, payload, signature = ''] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const s = n - BigInt(`0x${bytes.subarray(32).toString('hex')}`)
  const other = Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')])
  return `${header}.${payload}.${other.toString('base64url')}`
}

describe('the claims of a user', () => {
  const grants = [
    { claim: 'groups', value: 'teachers', conversations: [lesson('lesson-*', 'moderator')] },
    { claim: 'groups', value: 'pupils', conversations: [lesson('lesson-*'), lesson('yard')] },
    { claim: 'role', value: 'head', conversations: [lesson('*', 'moderator')] },
  ]

  it('grant the conversations in the policy, where the first matching entry decides', async () => {
    const { exchange, sign } = await openExchange({}, { grants })
    const given = async (claims: object) => (await exchange(await sign({ ...claims }))).body
    const pupil = await given({ groups: ['pupils', 'chess'] })
    expect(pupil.scope).toBe('conversation:lesson-* conversation:yard')
    expect(claimsOf(pupil.access_token).grants['conversations']).toEqual([lesson('lesson-*'), lesson('yard')])
    const both = await given({ groups: ['pupils', 'teachers'] })
    expect(claimsOf(both.access_token).grants['conversations']).toEqual([
      lesson('lesson-*', 'moderator'),
      lesson('yard'),
    ])
    expect((await given({ role: 'head' })).scope).toBe('conversation:*')
  })

  it.each([
    {},
    { groups: 'teachers2' },
    { groups: [['teachers']] },
    { groups: { teachers: true } },
    { role: ['tail'] },
  ])('such as %j give nothing where the policy lists others', async (claims) => {
    const { exchange, sign, outcomes } = await openExchange({}, { grants })
    expect((await exchange(await sign(claims))).status).toBe(400)
    expect(outcomes).toEqual(['nothing_granted'])
  })

  it('are narrowed by a scope, and never widened', async () => {
    const { exchange, sign, outcomes } = await openExchange({}, { grants })
    const pupil = await sign({ groups: ['pupils'] })
    const narrowed = (await exchange(pupil, { scope: 'conversation:lesson-7' })).body
    expect(narrowed.scope).toBe('conversation:lesson-7')
    expect(claimsOf(narrowed.access_token).grants['conversations']).toEqual([lesson('lesson-7')])
    for (const scope of [
      'conversation:office',
      'conversation:*',
      'conversation:less*',
      'conversation:lesson-7 conversation:office',
    ]) {
      expect((await exchange(pupil, { scope })).body.error).toBe('invalid_scope')
    }
    expect(new Set(outcomes)).toEqual(new Set(['exchanged', 'scope_too_broad']))
    for (const scope of [
      'openid',
      'conversation:',
      'conversation:a*b',
      'conversation:%E0%A4%A',
      'conversation:a  conversation:b',
    ]) {
      expect((await exchange(pupil, { scope })).body.error).toBe('invalid_scope')
    }
    expect(outcomes.at(-1)).toBe('scope_malformed')
  })

  it('do not matter if the policy lists none: its permissions apply, within the scope', async () => {
    const permissions = { role: 'guest', publish: [], subscribe: true } as const
    const { exchange, sign } = await openExchange({ permissions })
    const { body } = await exchange(await sign(), { scope: 'conversation:a%20room conversation:b*' })
    expect(body.scope).toBe('conversation:a%20room conversation:b*')
    const named = ['a room', 'b*'].map((name) => ({ name, ...permissions }))
    expect(claimsOf(body.access_token).grants['conversations']).toEqual(named)
  })

  it('grant no more conversations than fit into a token', async () => {
    const many = (count: number, length: number) =>
      Array.from({ length: count }, (_none, at) => lesson(`${at}`.padEnd(length, 'ü')))
    const fits = [{ claim: 'a', value: 'b', conversations: many(20, 3) }]
    const more = [...fits, { claim: 'a', value: 'b', conversations: [lesson('one more')] }]
    const longer = [{ claim: 'a', value: 'b', conversations: many(20, 128) }]
    for (const [grants, status] of [
      [fits, 200],
      [more, 400],
      [longer, 400],
    ] as const) {
      const { exchange, sign } = await openExchange({}, { grants })
      const token = await sign({ a: 'b' })
      expect((await exchange(token)).status).toBe(status)
      const [first] = grants[0]?.conversations ?? []
      const scope = `conversation:${encodeURIComponent(String(first?.name))}`
      expect((await exchange(token, { scope })).status).toBe(200)
    }
  })
})

describe('a page', () => {
  const origin = 'https://shop.example'

  it('of a listed origin can exchange tokens and read errors', async () => {
    const { exchange, sign } = await openExchange({ origins: [origin] })
    for (const [token, status] of [
      [await sign(), 200],
      [await sign({ aud: 'x' }), 400],
    ] as const) {
      const answer = await exchange(token, {}, { origin })
      expect([answer.status, answer.headers['access-control-allow-origin'], answer.headers['vary']]).toEqual([
        status,
        origin,
        'origin',
      ])
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
    }
  })

  it('of another origin cannot, and only the platform’s own can if the policy lists none', async () => {
    const listed = await openExchange({ origins: [origin] })
    const unlisted = await openExchange()
    const outcome = async (operations: typeof listed, headers: Record<string, string>) => {
      const answer = await operations.exchange(await operations.sign(), {}, headers)
      if (answer.status !== 200) expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
      return answer.status
    }
    const foreign = ['https://evil.example', 'https://shop.example.evil.example', 'null', 'http://shop.example']
    for (const other of foreign) expect(await outcome(listed, { origin: other })).toBe(403)
    expect(await outcome(unlisted, { origin })).toBe(403)
    expect(await outcome(unlisted, { origin: 'https://stagedoor.example' })).toBe(200)
    expect(await outcome(unlisted, { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(listed.outcomes).toEqual(foreign.map(() => 'origin_refused'))
  })

  it('needs a preflight if it sends more than a form', async () => {
    const { http } = await openExchange()
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const answer = await http.inject({ method: 'OPTIONS', url: TOKEN, headers })
    expect(answer.statusCode).toBe(204)
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-methods': 'POST' })
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
  })
})
