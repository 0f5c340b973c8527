import { describe, expect, it } from 'vitest'
import { createHttp } from './http.ts'
import { countRequests, createReaderCheck, serveMetrics } from './serve-metrics.ts'

const TOKEN = 'a token of a test, which nobody guesses'
const FIGURES = { contentType: 'text/plain; version=0.0.4', write: async () => 'figures 1\n' }

async function open(token?: string, isBehindProxy = false) {
  const http = await createHttp()
  serveMetrics(http, FIGURES, createReaderCheck({ token, isBehindProxy }))
  return async (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') => {
    const answer = await http.inject({
      url: '/metrics',
      headers: { host: 'localhost:4420', ...headers },
      remoteAddress,
    })
    return answer.statusCode === 200 ? answer.body : answer.statusCode
  }
}

describe('the metrics', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])(
    'can be read from this machine: %s',
    async (address) => {
      expect(await (await open())({}, address)).toBe('figures 1\n')
      expect(await (await open())({ host: '127.0.0.1:4420' }, address)).toBe('figures 1\n')
    },
  )

  it.each([
    ['another machine', {}, '192.0.2.7'],
    ['another machine, through a proxy on this one', { 'x-forwarded-for': '192.0.2.7' }, '127.0.0.1'],
    ['another machine, through one that says less', { via: '1.1 proxy' }, '127.0.0.1'],
    ['a page whose name was turned to this machine', { host: 'evil.example' }, '127.0.0.1'],
    ['a page with a name that begins like an address', { host: '127.0.0.1.evil.example' }, '127.0.0.1'],
  ])('are not there for %s', async (_whom, headers, address) => {
    expect(await (await open())(headers, address)).toBe(404)
  })

  it('cannot be read without a token behind a proxy, whatever its headers say', async () => {
    expect(await (await open(undefined, true))()).toBe(404)
    expect(await (await open(TOKEN, true))({ authorization: `Bearer ${TOKEN}` })).toBe('figures 1\n')
  })

  it('can be read with the token from anywhere, and without it from nowhere', async () => {
    const read = await open(TOKEN)
    expect(await read({ authorization: `Bearer ${TOKEN}`, host: 'rtc.example' }, '192.0.2.7')).toBe('figures 1\n')
    for (const authorization of ['', 'Bearer', 'Bearer guessed', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`]) {
      expect(await read({ authorization })).toBe(401)
    }
    expect(await read()).toBe(401)
  })
})

describe('a request', () => {
  it('is counted by its route pattern, and under a common label if there is no route', async () => {
    const http = await createHttp()
    const counted: unknown[] = []
    countRequests(http, { answered: (...answer) => counted.push(answer) })
    http.get('/things/:thing', async () => 'here')
    for (const url of ['/things/1', '/things/2', '/nothing/1', '/nothing/2']) await http.inject(url)
    await http.inject({ method: 'DELETE', url: '/things/1' })
    expect(counted).toEqual([
      ['GET', '/things/:thing', 200],
      ['GET', '/things/:thing', 200],
      ['', '', 404],
      ['', '', 404],
      ['', '', 404],
    ])
  })
})
