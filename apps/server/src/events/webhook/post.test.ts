import { createServer, type RequestListener } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPost, MAX_ANSWER_BYTES } from './post.ts'

const never = new AbortController().signal

async function listen(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  return { server, url: `http://127.0.0.1:${port}/events` }
}

describe('a message', () => {
  it('is posted with its headers and its body, over a kept connection', async () => {
    const got: unknown[] = []
    const ports = new Set<number | undefined>()
    const { url } = await listen(async (request, response) => {
      ports.add(request.socket.remotePort)
      got.push([request.method, request.url, request.headers['webhook-id'], String(await request.toArray())])
      response.writeHead(204).end()
    })
    const post = createPost(true)
    for (let time = 0; time < 2; time++) {
      expect(await post(url, { 'webhook-id': 'msg_1' }, '{"π":1}', never)).toEqual({ status: 204 })
    }
    expect(got).toEqual(Array(2).fill(['POST', '/events', 'msg_1', '{"π":1}']))
    expect(ports.size).toBe(1)
  })

  it('is sent again over a new connection if the endpoint had closed the kept one', async () => {
    let count = 0
    const { url, server } = await listen((_request, response) => response.end(void count++))
    const post = createPost(true)
    await post(url, {}, '{}', never)
    server.closeAllConnections()
    expect(await post(url, {}, '{}', never)).toEqual({ status: 200 })
    expect(count).toBe(2)
  })

  it('returns the endpoint’s Retry-After', async () => {
    const { url } = await listen((_request, response) => response.writeHead(503, { 'retry-after': '120' }).end())
    expect(await createPost(true)(url, {}, '{}', never)).toEqual({ status: 503, retryAfter: '120' })
  })

  it('does not follow redirects', async () => {
    let followed = 0
    const target = await listen((_request, response) => response.end(void followed++))
    const { url } = await listen((_request, response) => response.writeHead(307, { location: target.url }).end())
    expect(await createPost(true)(url, {}, '{}', never)).toEqual({ status: 307 })
    expect(followed).toBe(0)
  })

  it('counts as answered once the status arrives, and endless responses are not read', async () => {
    let sent = 0
    const { url } = await listen((_request, response) => {
      response.writeHead(200)
      const more = (): void => {
        sent += 4_096
        if (!response.destroyed && response.write('x'.repeat(4_096))) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    expect(await createPost(true)(url, {}, '{}', never)).toEqual({ status: 200 })
    expect(sent).toBeLessThan(MAX_ANSWER_BYTES * 200)
  })

  it.each([
    'http://127.0.0.1:1/',
    'https://127.0.0.1:1/',
    'https://[::1]:1/',
    'https://localhost:1/',
    'https://[::ffff:127.0.0.1]:1/',
  ])('is not sent to the private address %s', async (url) => {
    expect(await createPost(false)(url, {}, '{}', never)).toEqual({ reason: 'the address is private' })
  })

  it('is not sent unencrypted over the public internet', async () => {
    expect(await createPost(false)('http://8.8.8.8/', {}, '{}', never)).toEqual({ reason: 'the address is not https' })
  })

  it('reports in general words why it could not be sent', async () => {
    const post = createPost(true)
    expect(await post('http://127.0.0.1:1/', {}, '{}', never)).toEqual({ reason: 'the connection was refused' })
    const { url } = await listen((request) => request.socket.destroy())
    expect(await post(url, {}, '{}', never)).toEqual({ reason: 'the connection was reset' })
    const silent = await listen(() => {})
    const stop = new AbortController()
    const waiting = post(silent.url, {}, '{}', stop.signal)
    stop.abort()
    expect(await waiting).toEqual({ reason: 'the platform was stopped' })
  })
})
