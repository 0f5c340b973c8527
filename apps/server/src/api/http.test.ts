import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApiKey } from '../api-key/keys.ts'
import { createHttp, MAX_PATH_PART_LENGTH } from './http.ts'
import { openTestApi } from './v1/v1.fixture.ts'

const CANARY = 'canary-of-the-path'

/** Sends bytes to a real server, and returns the head and the body of its response once it closes the connection. */
async function send(bytes: string) {
  const http = await createHttp()
  http.get('/named/:name', async () => ({ ok: true }))
  await http.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => http.close())
  const socket = connect((http.server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body }
}

const CLOSE = 'Host: x\r\nConnection: close\r\n\r\n'

describe('any request to the HTTP server', () => {
  it.each([
    ['a path that is not encoded as it should be', `GET /named/${CANARY}%zz HTTP/1.1\r\n${CLOSE}`, 400],
    ['a path that is not UTF-8', `GET /named/${CANARY}%ff HTTP/1.1\r\n${CLOSE}`, 400],
    [
      'a part of a path that is too long',
      `GET /named/${CANARY.padEnd(MAX_PATH_PART_LENGTH + 1, 'x')} HTTP/1.1\r\n${CLOSE}`,
      414,
    ],
    ['headers that are too large', `GET /${CANARY} HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n${CLOSE}`, 431],
    ['an address that is too long', `GET /${CANARY.padEnd(20_000, 'x')} HTTP/1.1\r\n${CLOSE}`, 431],
    ['what is no HTTP', `${CANARY}\r\n\r\n`, 400],
    ['a method that nobody knows', `CANARY /${CANARY} HTTP/1.1\r\n${CLOSE}`, 400],
    ['a request without a host', `GET /${CANARY} HTTP/1.1\r\nConnection: close\r\n\r\n`, 400],
    ['an expectation that nobody meets', `GET /${CANARY} HTTP/1.1\r\nExpect: ${CANARY}\r\n${CLOSE}`, 417],
    ['an address where nothing is', `GET /${CANARY} HTTP/1.1\r\n${CLOSE}`, 404],
    [
      'a body that is not JSON',
      `POST /named/x HTTP/1.1\r\nContent-Type: ${CANARY}/x\r\nContent-Length: 1\r\n${CLOSE}x`,
      404,
    ],
  ])('%s is answered with a problem that repeats nothing of it', async (_what, bytes, status) => {
    const answer = await send(bytes)
    expect(answer.status).toBe(status)
    expect(answer.head).toContain('content-type: application/problem+json')
    expect(answer.head).toContain(`content-length: ${Buffer.byteLength(answer.body)}`)
    expect(JSON.parse(answer.body)).toEqual({
      status,
      title: expect.any(String),
      code: expect.any(String),
      detail: expect.any(String),
    })
    expect(answer.body.toLowerCase()).not.toContain('canary')
  })

  it('can have a path segment as long as the longest encoded name', async () => {
    const longest = encodeURIComponent('😀'.repeat(256))
    expect(longest).toHaveLength(MAX_PATH_PART_LENGTH)
    expect((await send(`GET /named/${longest} HTTP/1.1\r\n${CLOSE}`)).status).toBe(200)
  })

  it.each([
    ['text/html', 415, ''],
    ['application/json', 400, '{"canary":'],
  ])('a body of %s that cannot be read is answered so too', async (type, status, payload) => {
    const http = await createHttp()
    http.post('/', async () => ({}))
    const answer = await http.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': `${type};x=canary` },
      payload: payload || 'canary',
    })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ])
    expect(answer.body).not.toContain('canary')
  })
})

describe('names of the maximum length', () => {
  it('work in paths of the API: a signing key of 120 characters can be retired', async () => {
    const api = await openTestApi()
    const { secret: as } = await api.enroll('owner')
    const changeContext = { store: api.store, seal: api.context.seal, now: api.context.clock.now }
    const { apiKey: key } = (await createApiKey(changeContext, { name: 'Shop' })).apiKey
    const keyId = 'k'.repeat(120)
    expect((await api.ask('POST', `/keys/${key}/signing-keys`, { as, body: { kind: 'secret', keyId } })).status).toBe(
      201,
    )
    const retired = await api.ask('POST', `/keys/${key}/signing-keys/${keyId}/retire`, { as, body: {} })
    expect([retired.status, retired.body.state]).toEqual([200, 'retired'])
    // It has no members: the name is looked up, not refused for its length.
    const conversation = encodeURIComponent('界'.repeat(120))
    expect((await api.ask('GET', `/keys/${key}/conversations/${conversation}`, { as })).body.code).toBe('not_found')
  })
})
