import { fileURLToPath } from 'node:url'
import { createTokenVerifier } from '@stagedoor/access-token'
import { REFUSAL_CODES, REFUSAL_MESSAGES } from '@stagedoor/protocol'
import { describe, expect, it } from 'vitest'
import { DEMO_TTL_SECONDS, serveDemo } from './demo.ts'
import { serveHealth } from './health.ts'
import { createHttp } from './http.ts'
import { serveRefusalPages } from './refusal-pages.ts'

const PAGES = fileURLToPath(new URL('../../../../docs/refusals', import.meta.url))
const SECRET = 'the secret of a test, not of anybody else'

async function ready(http: Awaited<ReturnType<typeof createHttp>>) {
  const answer = await http.inject('/readyz')
  return [answer.statusCode, answer.json().status, answer.json().checks]
}

describe('the HTTP server', () => {
  it('reports that the platform is healthy, or works without its store', async () => {
    const http = await createHttp()
    let store: 'ok' | 'unavailable' = 'ok'
    let isClosing = false
    serveHealth(
      http,
      () => ({ store, sessions: 3, sockets: 4 }),
      () => isClosing,
      ({ headers }) => headers.authorization !== undefined,
    )
    expect((await http.inject('/healthz')).json()).toEqual({ status: 'ok', store: 'ok' })
    const reader = { url: '/healthz', headers: { authorization: 'Bearer of the metrics' } }
    const answer = await http.inject(reader)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ status: 'ok', store: 'ok', sessions: 3, sockets: 4 })
    store = 'unavailable'
    const degraded = await http.inject(reader)
    expect([degraded.statusCode, degraded.json()]).toEqual([
      200,
      { status: 'degraded', store: 'unavailable', sessions: 3, sockets: 4 },
    ])
    expect((await http.inject('/livez')).json()).toEqual({ status: 'ok' })
    expect(await ready(http)).toEqual([503, 'not_ready', { store: 'unavailable', gate: 'ok' }])
    store = 'ok'
    expect(await ready(http)).toEqual([200, 'ok', { store: 'ok', gate: 'ok' }])
    isClosing = true
    expect(await ready(http)).toEqual([503, 'not_ready', { store: 'ok', gate: 'closing' }])
    expect((await http.inject('/livez')).statusCode).toBe(200)
  })

  it('answers unknown paths with a problem that echoes nothing', async () => {
    const answer = await (await createHttp()).inject('/<script>')
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.body).not.toContain('script')
  })

  it.each([
    ['nobody is trusted', [], '198.51.100.9'],
    ['another proxy is trusted', ['203.0.113.0/24'], '198.51.100.9'],
    ['that proxy is trusted', ['198.51.100.0/24'], '192.0.2.7'],
  ])('who asks is the one that a proxy names only where %s', async (_who, trusted, address) => {
    const http = await createHttp(trusted)
    http.get('/who', async (request) => request.ip)
    const headers = { 'x-forwarded-for': '192.0.2.7' }
    expect((await http.inject({ url: '/who', headers, remoteAddress: '198.51.100.9' })).body).toBe(address)
  })

  it('does not let pages run or frame anything from elsewhere', async () => {
    const { headers } = await (await createHttp()).inject('/')
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('the demo', () => {
  async function open(publicUrl = 'https://rtc.example') {
    const http = await createHttp()
    serveDemo(http, { apiKey: 'demo', keyId: 'one', secret: SECRET }, () => publicUrl)
    return (payload: unknown, contentType = 'application/json', headers: Record<string, string> = {}) =>
      http.inject({
        method: 'POST',
        url: '/demo/token',
        payload: JSON.stringify(payload),
        headers: { host: '127.0.0.1:4420', 'content-type': contentType, ...headers },
      })
  }

  it('returns a short-lived token for the requested user id', async () => {
    const answer = await (await open())({ id: 'alice' })
    expect(answer.headers['cache-control']).toBe('no-store')
    const verify = createTokenVerifier({ apiKey: 'demo', keys: [{ algorithm: 'HS256', keyId: 'one', secret: SECRET }] })
    const verdict = verify(answer.json().token, { userId: 'alice' })
    expect(verdict.ok && verdict.claims.exp - verdict.claims.iat).toBe(DEMO_TTL_SECONDS)
  })

  it.each([
    ['no user id', {}, 400],
    ['a user id of the wrong type', { id: ['alice'] }, 400],
    ['the wildcard as a user id', { id: 'ApiKey_Token' }, 400],
    ['no object', 'alice', 400],
    ['more than it reads', { id: 'a', pad: 'x'.repeat(4_096) }, 413],
  ])('refuses %s and gives no token', async (_what, body, status) => {
    const answer = await (await open())(body)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).not.toHaveProperty('token')
  })

  it.each([
    ['its own page', 'https://rtc.example', undefined, 200],
    ['its own page at the address that it listens at', 'http://127.0.0.1:4420', undefined, 200],
    ['its own page, by the word of the browser', undefined, 'same-origin', 200],
    ['a program', undefined, undefined, 200],
    ['a page elsewhere', 'https://evil.example', undefined, 403],
    ['a page elsewhere on this machine', 'http://127.0.0.1:8080', 'same-site', 403],
    ['a page elsewhere, by the word of the browser', 'https://evil.example', 'cross-site', 403],
    ['a page without an origin', 'null', undefined, 403],
  ])('answers %s (%s, %s) with %i', async (_who, origin, site, status) => {
    const headers = { ...(origin && { origin }), ...(site && { 'sec-fetch-site': site }) }
    const answer = await (await open())({ id: 'alice' }, 'application/json', headers)
    expect(answer.statusCode).toBe(status)
    expect('token' in answer.json()).toBe(status === 200)
  })

  it('accepts requests from its own page under a base path, by their origin', async () => {
    const ask = await open('https://shop.example/rtc')
    const statusFor = async (origin: string) => (await ask({ id: 'alice' }, 'application/json', { origin })).statusCode
    expect([await statusFor('https://shop.example'), await statusFor('https://evil.example')]).toEqual([200, 403])
  })

  it('refuses bodies that are not JSON', async () => {
    expect((await (await open())({ id: 'alice' }, 'text/html')).statusCode).toBe(415)
  })
})

describe('the page of a refusal', () => {
  it('exists for every code, and begins with the message that the client gets', async () => {
    const http = await createHttp()
    await serveRefusalPages(http, '', PAGES)
    for (const code of REFUSAL_CODES) {
      const { statusCode, body } = await http.inject(`/refusals/${code}`)
      expect([code, statusCode]).toEqual([code, 200])
      expect(body).toContain(`<h1>${code}</h1>`)
      expect(body).toContain(REFUSAL_MESSAGES[code].split('.')[0])
      expect(body).toContain('What to do')
    }
    expect((await http.inject('/refusals/nothing')).statusCode).toBe(404)
  })
})

it.each([
  ['203.0.113.9:4711', '203.0.113.9'],
  ['[2001:db8::7]:4711', '2001:db8::7'],
  ['198.51.100.1:1, 203.0.113.9:2', '203.0.113.9'],
  ['whatever', 'unknown'],
])('a request that a trusted proxy forwards for %s is counted as from %s', async (forwarded, address) => {
  const http = await createHttp(['loopback'])
  http.get('/whoami', async (request) => request.ip)
  const headers = { 'x-forwarded-for': forwarded }
  expect((await http.inject({ url: '/whoami', remoteAddress: '127.0.0.1', headers })).body).toBe(address)
})
