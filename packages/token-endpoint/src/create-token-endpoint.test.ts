import { ANY_USER_AGENT, createTokenVerifier } from '@stagedoor/access-token'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTokenEndpoint } from './create-token-endpoint.ts'
import type { TokenEndpointOptions, TokenEvent } from './endpoint-options.ts'

const SECRET = 'the secret of a test, not of anybody else'
const verify = createTokenVerifier({ apiKey: 'shop', keys: [{ algorithm: 'HS256', secret: SECRET }] })

function open(options: Partial<TokenEndpointOptions> = {}) {
  const events: TokenEvent[] = []
  const endpoint = createTokenEndpoint({
    apiKey: 'shop',
    secret: SECRET,
    authenticate: () => 'alice',
    audit: (event) => events.push(event),
    ...options,
  })
  async function ask(body: unknown = {}, headers: Record<string, string> = {}) {
    const request = new Request('https://shop.example/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const answer = await endpoint(request, { address: '127.0.0.1' })
    return { status: answer.status, headers: answer.headers, body: await answer.json() }
  }
  return { ask, events }
}

afterEach(() => vi.useRealTimers())

describe('a token endpoint', () => {
  it('mints for the authenticated user, by default for ten minutes', async () => {
    const { ask } = open({ now: () => 1_000.9 })
    const { body } = await ask()
    expect(body).toMatchObject({ apiKey: 'shop', id: 'alice', expiresAt: 1_600 })
    const found = verify(body.token)
    expect(found.ok && found.claims.exp - found.claims.iat).toBe(600)
  })

  it('mints with the lifetime of the option, which may have a unit', async () => {
    const { body } = await open({ now: () => 1_000.9, ttl: '2m' }).ask()
    expect(body.expiresAt).toBe(1_120)
    const found = verify(body.token)
    expect(found.ok && found.claims.exp - found.claims.iat).toBe(120)
  })

  it('puts the user data and the grants into the token', async () => {
    const grant = { name: 'lobby', role: 'guest', publish: ['audio'], subscribe: true } as const
    const { ask } = open({ authenticate: () => ({ id: 'alice', userData: { name: 'Alice' } }), grants: () => [grant] })
    const found = verify((await ask()).body.token)
    expect(found.ok && found.claims.grants).toMatchObject({ userData: { name: 'Alice' }, conversations: [grant] })
  })

  it('lets grants decide about the conversation that the page requests', async () => {
    const wanted: unknown[] = []
    const { ask } = open({
      grants: (user, asked) => {
        wanted.push([user.id, asked])
        return asked.conversation === 'lobby' ? undefined : null
      },
    })
    expect((await ask({ conversation: 'lobby' })).status).toBe(200)
    expect(await ask({ conversation: 'office' })).toMatchObject({ status: 403, body: { code: 'not_granted' } })
    expect(wanted).toEqual([
      ['alice', { conversation: 'lobby' }],
      ['alice', { conversation: 'office' }],
    ])
  })

  it('authenticates only if the request itself is valid', async () => {
    const authenticate = vi.fn(() => 'alice')
    const { ask } = open({ authenticate })
    await ask('no JSON')
    await ask({}, { origin: 'https://evil.example' })
    await ask({}, { 'sec-fetch-site': 'cross-site' })
    expect(authenticate).not.toHaveBeenCalled()
  })

  it.each([
    ['a list', '[]'],
    ['no object', '"alice"'],
    ['no JSON', '{'],
    ['nothing', ''],
    ['a field that it does not know', { id: 'mallory' }],
    ['a conversation without a name', { conversation: '' }],
    ['a conversation of another type', { conversation: 7 }],
    ['a name that is too long', { conversation: 'x'.repeat(257) }],
  ])('refuses %s as a body', async (_what, body) => {
    expect(await open().ask(body)).toMatchObject({ status: 400, body: { code: 'body_malformed' } })
  })

  it('reads at most 4,096 bytes', async () => {
    const pad = (length: number) => `{}${' '.repeat(length - 2)}`
    expect((await open().ask(pad(4_096))).status).toBe(200)
    expect(await open().ask(pad(4_097))).toMatchObject({ status: 413 })
  })

  it('never mints a token for any user', async () => {
    const { ask, events } = open({ authenticate: () => ANY_USER_AGENT })
    expect(await ask()).toMatchObject({ status: 500, body: { code: 'fault' } })
    expect(events).toMatchObject([{ outcome: 'fault', error: expect.any(Error) }])
  })

  it('responds with a general error and passes the cause only to audit', async () => {
    const failure = new Error('canary of the database')
    const { ask, events } = open({ authenticate: () => Promise.reject(failure) })
    const { status, body, headers } = await ask()
    expect([status, headers.get('retry-after')]).toEqual([503, '5'])
    expect(JSON.stringify(body)).not.toContain('canary')
    expect(events).toMatchObject([{ outcome: 'unavailable', error: failure, address: '127.0.0.1' }])
  })

  it('has a timeout', async () => {
    vi.useFakeTimers()
    const { ask } = open({ authenticate: () => new Promise(() => {}), timeoutSeconds: 3 })
    const answer = ask()
    await vi.advanceTimersByTimeAsync(3_000)
    expect((await answer).status).toBe(503)
  })

  it('returns a token even if audit fails', async () => {
    const { ask } = open({
      audit: () => {
        throw new Error('the disk is full')
      },
    })
    expect((await ask()).status).toBe(200)
  })

  it('passes no token to audit', async () => {
    const { ask, events } = open()
    const { body } = await ask()
    expect(JSON.stringify(events)).not.toContain(body.token.split('.')[2])
  })

  it('limits each user separately', async () => {
    let now = 0
    let user = 'alice'
    const { ask } = open({ authenticate: () => user, rateLimit: { perMinute: 2 }, now: () => now })
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429])
    user = 'bob'
    expect((await ask()).status).toBe(200)
    user = 'alice'
    now = 29.9
    expect((await ask()).headers.get('retry-after')).toBe('1')
    now = 30.1
    expect((await ask()).status).toBe(200)
  })

  it.each<[string, Partial<TokenEndpointOptions>]>([
    ['no secret', { secret: '' }],
    ['no API key', { apiKey: '' }],
    ['a life of no whole seconds', { ttl: 0.5 }],
    ['a life of more than a day', { ttl: 86_401 }],
    ['a limit that lets nobody in', { rateLimit: { perMinute: 0 } }],
  ])('is not made with %s', (_what, options) => {
    expect(() => open(options)).toThrow()
  })
})

describe('the origin of a request', () => {
  it.each([
    ['none, as of a program', {}, 200],
    ['its own', { origin: 'https://shop.example' }, 200],
    ['its own behind a proxy, which the host names', { origin: 'https://www.example', host: 'www.example' }, 200],
    ['another', { origin: 'https://evil.example' }, 403],
    ['one that ends like its own', { origin: 'https://evilshop.example' }, 403],
    ['one that is hidden', { origin: 'null' }, 403],
    ['none, and yet of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['none, and of the same site alone', { 'sec-fetch-site': 'same-site' }, 403],
  ])('may be, or not: %s', async (_what, headers, status) => {
    expect((await open().ask({}, headers as Record<string, string>)).status).toBe(status)
  })

  it('gets CORS headers if it is listed, with or without cookies', async () => {
    const origin = 'https://app.example'
    const withCookies = await open({ cors: { origins: [origin] } }).ask({}, { origin })
    expect(withCookies.headers.get('access-control-allow-credentials')).toBe('true')
    expect(withCookies.headers.get('vary')).toBe('origin')
    const without = await open({ cors: { origins: [origin], credentials: false } }).ask({}, { origin })
    expect(without.headers.get('access-control-allow-credentials')).toBeNull()
  })
})
