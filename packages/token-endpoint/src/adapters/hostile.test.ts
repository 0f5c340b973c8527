import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTokenEndpoint } from '../create-token-endpoint.ts'
import { type BackEnd, FRAMEWORKS } from './adapters.fixture.ts'
import { type Leaving, sendRaw, statusOf, watchForFaults } from './hostile.fixture.ts'

const BODY = '{"conversation":"lobby"}'
const FIELDS = `content-type: application/json\r\ncontent-length: ${BODY.length}\r\nconnection: close\r\n`
const LEAVINGS: readonly Leaving[] = ['closes', 'resets']

function head(line: string, host = 'shop.example', rest = 'connection: close\r\n'): string {
  return `${line} HTTP/1.1\r\nhost: ${host}\r\n${rest}\r\n`
}
const HONEST = `${head('POST /token', 'shop.example', FIELDS)}${BODY}`

/** Requests that no real client sends, and the allowed responses. */
const HOSTILE: readonly [string, string][] = [
  ['a host that is none', head('GET /token', '[')],
  ['a host with a user', head('POST /token', 'u:p@shop.example', FIELDS) + BODY],
  ['a host with a path', head('POST /token', 'shop.example/x', FIELDS) + BODY],
  ['a host with a port too high', head('GET /token', 'shop.example:99999')],
  ['an empty host', head('GET /token', '')],
  ['a method that Fetch forbids', head('TRACE /')],
  ['the same, at the address', head('TRACE /token')],
  ['a method that means a tunnel', head('CONNECT shop.example:443')],
  ['a target of two slashes', head('GET //')],
  ['a target of slashes and a host', head('GET //evil.example/token')],
  ['a target with a user', head('GET http://u:p@h/')],
  ['a target with a user, at the address', head('POST http://u:p@h/token', 'h', FIELDS) + BODY],
  ['a target that is no address', head('GET http://[/token')],
  ['a target without a path', head('GET http://')],
  ['a target that is a star', head('GET *')],
  ['a target with signs that are none', head('GET /token?%zz\\..\\|^`{}<>"')],
  ['a length that is none', head('POST /token', 'shop.example', 'content-length: -1\r\n')],
  ['two lengths', head('POST /token', 'shop.example', 'content-length: 1\r\ncontent-length: 2\r\n')],
  [
    'a chunk that is none',
    `${head('POST /token', 'shop.example', 'transfer-encoding: chunked\r\ncontent-type: application/json\r\n')}zz\r\n`,
  ],
  ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
]

/** What each framework serves at other addresses than the endpoint's is up to the framework. */
const REFUSALS = [400, 404, 405, 501]

describe.each(Object.entries(FRAMEWORKS))('untrusted input for the token endpoint in %s', (_framework, open) => {
  let backEnd: BackEnd
  beforeEach(async () => {
    const endpoint = createTokenEndpoint({
      apiKey: 'shop',
      secret: 'the secret of a test, not of anybody else',
      authenticate: () => 'alice',
      rateLimit: false,
      audit: () => Promise.reject(new Error('the disk is full')),
    })
    backEnd = await open(endpoint)
  })
  afterEach(() => backEnd.close())

  async function expectSurvival({ faults, settle }: ReturnType<typeof watchForFaults>) {
    expect(statusOf(await sendRaw(backEnd.url, HONEST))).toBe(200)
    await settle()
    expect(faults).toEqual([])
  }

  it.each(HOSTILE)('is refused, and other requests still work: %s', async (_what, bytes) => {
    const watch = watchForFaults()
    const answer = await sendRaw(backEnd.url, bytes)
    if (answer !== '') expect(REFUSALS).toContain(statusOf(answer))
    await Promise.all(LEAVINGS.map((leaving) => sendRaw(backEnd.url, bytes, leaving)))
    await expectSurvival(watch)
  })

  it('may break off at every byte', async () => {
    const watch = watchForFaults()
    for (const leaving of LEAVINGS) {
      const lengths = Array.from({ length: HONEST.length }, (_none, length) => length)
      await Promise.all(lengths.map((length) => sendRaw(backEnd.url, HONEST.slice(0, length), leaving)))
    }
    await expectSurvival(watch)
  })

  it('may break off during authentication', async () => {
    const watch = watchForFaults()
    const waiting: (() => void)[] = []
    const slow = await open(
      createTokenEndpoint({
        apiKey: 'shop',
        secret: 'the secret of a test, not of anybody else',
        authenticate: () => new Promise((resolve) => waiting.push(() => resolve('alice'))),
        rateLimit: false,
      }),
    )
    for (const leaving of LEAVINGS) {
      const areAsked = expect.poll(() => waiting.length, { timeout: 2_000 }).toBe(20)
      const leaves = Array.from({ length: 20 }, () => sendRaw(slow.url, HONEST, leaving, areAsked))
      await areAsked
      // A client that only closes its side still expects a response; one that resets is gone.
      if (leaving === 'resets') await Promise.all(leaves)
      for (const letGo of waiting.splice(0)) letGo()
      await Promise.all(leaves)
    }
    await slow.close()
    await expectSurvival(watch)
  })

  it('may break off in a body that is too long', async () => {
    const watch = watchForFaults()
    const long = head('POST /token', 'shop.example', 'content-type: application/json\r\ncontent-length: 900000\r\n')
    const chunked = head(
      'POST /token',
      'shop.example',
      'content-type: application/json\r\ntransfer-encoding: chunked\r\n',
    )
    const chunk = `${(20_000).toString(16)}\r\n${' '.repeat(20_000)}\r\n`
    for (const leaving of LEAVINGS) {
      await sendRaw(backEnd.url, `${long}${' '.repeat(20_000)}`, leaving)
      await sendRaw(backEnd.url, `${chunked}${chunk.repeat(3)}`, leaving)
    }
    await expectSurvival(watch)
  })

  it('may be random', async () => {
    const watch = watchForFaults()
    const token = fc.constantFrom('GET', 'POST', 'TRACE', 'OPTIONS', 'HEAD', 'PUT', 'PURGE', 'get', '')
    const strange = fc.string({ unit: fc.constantFrom(...'/:@[]?#%\\*.a0 \t\x80\xff'), maxLength: 12 })
    const target = fc.oneof(
      strange,
      strange.map((text) => `/token${text}`),
      strange.map((text) => `http://${text}/token`),
    )
    const request = fc
      .tuple(token, target, strange, fc.string({ maxLength: 30 }), fc.constantFrom<Leaving>('closes', 'resets'))
      .map(([method, to, host, body, leaving]) => ({
        bytes: `${head(`${method} ${to}`, host, FIELDS)}${body}`,
        leaving,
      }))
    const batches = fc.sample(request, { numRuns: 300, seed: 13 })
    await Promise.all(batches.map(({ bytes, leaving }) => sendRaw(backEnd.url, bytes, leaving)))
    await expectSurvival(watch)
  })
})
