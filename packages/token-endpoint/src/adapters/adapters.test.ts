import { createTokenVerifier } from '@stagedoor/access-token'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { oidc } from '../authenticate/oidc.ts'
import { AUDIENCE, TestProvider } from '../authenticate/provider.fixture.ts'
import { createTokenEndpoint } from '../create-token-endpoint.ts'
import type { TokenEvent } from '../endpoint-options.ts'
import { type BackEnd, FRAMEWORKS } from './adapters.fixture.ts'

const SECRET = 'the secret of a test, not of anybody else'
const verify = createTokenVerifier({ apiKey: 'shop', keys: [{ algorithm: 'HS256', secret: SECRET }] })

describe.each(Object.entries(FRAMEWORKS))('the token endpoint in %s', (framework, open) => {
  let provider: TestProvider
  let backEnd: BackEnd
  let signedIn: string
  const events: TokenEvent[] = []

  beforeAll(async () => {
    provider = await TestProvider.start()
    signedIn = await provider.token()
  })
  afterAll(() => provider.stop())
  beforeEach(async () => {
    events.length = 0
    const endpoint = createTokenEndpoint({
      apiKey: 'shop',
      secret: SECRET,
      authenticate: oidc({ issuer: provider.issuer, audience: AUDIENCE, claim: 'client_id', cooldownSeconds: 0 }),
      rateLimit: { perMinute: 3 },
      cors: { origins: ['https://app.example'] },
      audit: (event) => events.push(event),
    })
    backEnd = await open(endpoint)
  })
  afterEach(() => backEnd.close())

  function ask({
    token,
    method = 'POST',
    ...rest
  }: {
    token?: string
    method?: string
    headers?: object
    body?: string
  } = {}) {
    return fetch(`${backEnd.url}/token`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...rest.headers,
      },
      ...(method === 'POST' && { body: rest.body ?? '{}' }),
    })
  }

  it('gives a signed-in user a token for themselves, with no-store', async () => {
    const answer = await ask({ token: signedIn })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const { token, ...rest } = (await answer.json()) as { token: string }
    expect(rest).toMatchObject({ apiKey: 'shop', id: 'alice' })
    expect(verify(token, { userId: 'alice' })).toMatchObject({ ok: true })
    expect(events).toMatchObject([{ outcome: 'minted', userId: 'alice' }])
    if (framework !== 'Next.js') expect(events[0]?.address).toMatch(/^(::ffff:)?127\.0\.0\.1$/)
  })

  it('gives no token if nobody is signed in, and does not echo the request', async () => {
    const answers = [await ask(), await ask({ token: 'canary' }), await ask({ token: `${signedIn.slice(0, -4)}AAAA` })]
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
      expect(await answer.text()).not.toContain('canary')
    }
  })

  it.each(['GET', 'PUT', 'DELETE'])('answers 405 to %s', async (method) => {
    expect((await ask({ method, token: signedIn })).status).toBe(405)
  })

  it('refuses pages of other origins, and sends CORS headers to a listed origin', async () => {
    const other = await ask({ token: signedIn, headers: { origin: 'https://evil.example' } })
    expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null])
    const listed = await ask({ token: signedIn, headers: { origin: 'https://app.example' } })
    expect([listed.status, listed.headers.get('access-control-allow-origin')]).toEqual([200, 'https://app.example'])
    const own = await ask({ token: signedIn, headers: { origin: backEnd.url } })
    expect(own.status).toBe(200)
    const preflight = await ask({ method: 'OPTIONS', headers: { origin: 'https://app.example' } })
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST'])
  })

  it('reads only JSON, up to its limit', async () => {
    const large = await ask({ token: signedIn, body: JSON.stringify({ conversation: 'x'.repeat(5_000) }) })
    expect(large.status).toBe(413)
    const form = await ask({ token: signedIn, headers: { 'content-type': 'text/plain' } })
    expect(form.status).toBe(415)
    const unknown = await ask({ token: signedIn, body: '{"id":"mallory"}' })
    expect(unknown.status).toBe(400)
  })

  it('tells a user who floods it when to retry', async () => {
    const statuses = []
    for (let count = 0; count < 4; count++) statuses.push((await ask({ token: signedIn })).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    const wait = Number((await ask({ token: signedIn })).headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(20)
  })

  it('answers 503 while the provider is down, and recovers when it is back with another key', async () => {
    await provider.stop()
    const down = await ask({ token: signedIn })
    expect([down.status, down.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await down.json()).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('Try again') })
    expect(events.at(-1)?.error).toBeInstanceOf(Error)

    await provider.start()
    const before = signedIn
    signedIn = await provider.token()
    expect((await ask({ token: signedIn })).status).toBe(200)
    // The key of this token is gone.
    expect((await ask({ token: before })).status).toBe(401)
  })

  it('accepts a new key of the provider', async () => {
    expect((await ask({ token: signedIn })).status).toBe(200)
    await provider.stop()
    await provider.start()
    signedIn = await provider.token()
    expect((await ask({ token: signedIn })).status).toBe(200)
  })
})
