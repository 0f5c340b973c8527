import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { AccessToken } from '@stagedoor/access-token'
import { GATE_PATH, SUBPROTOCOL } from '@stagedoor/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, type RunningPlatform, stagedoorJson, startPlatform } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'

/** How many connections are open at a time. */
const AT_ONCE = 200
/** How long the platform may wait for the rest of a request, and look for those that wait too long, in milliseconds. */
const SILENCE_MS = 25_000

const folder = makeFolder()
let platform: RunningPlatform
let made: { readonly apiKey: string; readonly secret: string }

beforeAll(async () => {
  made = await stagedoorJson(['key', 'create'], folder.path)
  platform = await startPlatform(folder.path)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

type Ending = 'FIN' | 'RST' | 'silence'

const UPGRADE = {
  Connection: 'Upgrade',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
}
const GATE = { ...UPGRADE, Upgrade: 'websocket', 'Sec-WebSocket-Protocol': SUBPROTOCOL }

function request(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = ''): string {
  const all = { Host: 'a', ...headers, ...(body !== '' && { 'Content-Length': String(body.length) }) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n')
}

const HANDSHAKES = {
  'a valid handshake': request('GET', GATE_PATH, GATE),
  'a handshake at an address that is not there': request('GET', '/nope', GATE),
  'a handshake without the subprotocol': request('GET', GATE_PATH, { ...UPGRADE, Upgrade: 'websocket' }),
  'an upgrade to HTTP/2': request('GET', '/', { ...UPGRADE, Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' }),
  'a handshake with a key that is none': request('GET', GATE_PATH, { ...GATE, 'Sec-WebSocket-Key': 'x' }),
  'a handshake of another version': request('GET', GATE_PATH, { ...GATE, 'Sec-WebSocket-Version': '7' }),
  'a handshake by POST': request('POST', GATE_PATH, GATE, '{}'),
  'a handshake with frames behind it': `${request('GET', GATE_PATH, GATE)}\x81\x85\0\0\0\0hello`,
  'a tunnel': request('CONNECT', 'a:443'),
  'a malformed head': `GET ${GATE_PATH} HTTP/1.1\r\nHost a\r\nUpgrade websocket\r\n\r\n`,
}

/** Every operation of the served API, and a page of each kind beside it. */
async function everyRoute(): Promise<readonly string[]> {
  const response = await fetch(`${platform.url}/api/v1/openapi.json`)
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> }
  const json = { 'Content-Type': 'application/json' }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'parameters')
      .map((method) => {
        const isRead = method === 'get'
        return request(method.toUpperCase(), path.replace(/[{}]/g, ''), isRead ? {} : json, isRead ? '' : '{"a":1}')
      }),
  )
  const pages = ['/', '/livez', '/readyz', '/healthz', '/metrics', '/dashboard/', '/refusals/token_expired', '/nope']
  return [...operations, ...pages.map((path) => request('GET', path))]
}

function open(where: { readonly path: string } | { readonly port: number; readonly host: string }): Promise<Socket> {
  return new Promise((opened, failed) => {
    const socket = connect(where)
    socket.on('error', failed).on('connect', () => opened(socket))
  })
}

function http() {
  const { hostname, port } = new URL(platform.url)
  return open({ host: hostname, port: Number(port) })
}

/** Sends the first bytes of a text, and goes away. Answers the socket where it stays, silently. */
async function abort(socket: Socket, text: string, bytes: number, ending: Ending): Promise<Socket> {
  socket.on('error', () => {}).resume()
  if (bytes > 0) socket.write(text.slice(0, bytes), 'latin1')
  if (ending === 'FIN') socket.end()
  if (ending === 'RST') {
    // Not before the bytes have gone out, or nothing of them would ever arrive.
    await new Promise<void>((sent) => socket.write('', () => sent()))
    if (socket.destroyed) return socket
    if (socket.remoteAddress === undefined) socket.destroy()
    else socket.resetAndDestroy()
  }
  return socket
}

/** Aborts each text after each of its bytes, or after some of them. */
async function abortAll(
  texts: readonly string[],
  ending: Ending,
  connectTo: () => Promise<Socket> = http,
  step = 1,
): Promise<readonly Socket[]> {
  // After a whole request, a connection may be silent for longer: it is kept for the next one.
  const most = (text: string) => (ending === 'silence' ? text.length - 1 : text.length)
  const tries = texts.flatMap((text) =>
    Array.from({ length: Math.ceil((most(text) + 1) / step) }, (_, at) => [text, most(text) - at * step] as const),
  )
  const sockets: Socket[] = []
  const next = async (): Promise<void> => {
    for (let one = tries.pop(); one !== undefined; one = tries.pop()) {
      const socket = await abort(await connectTo(), one[0], one[1], ending)
      if (ending === 'silence') sockets.push(socket)
      else if (!socket.closed) await new Promise((closed) => socket.once('close', closed))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return sockets
}

function countDescriptors(): number {
  return readdirSync(`/proc/${platform.process.pid}/fd`).length
}

async function expectAlive(): Promise<void> {
  expect(platform.process.exitCode).toBeNull()
  const token = new AccessToken(made.apiKey, made.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
  const { client, answer } = await register(platform.url, made.apiKey, 'alice', token)
  expect(answer).toMatchObject({ type: 'registered' })
  client.socket.close()
  await client.closed
}

describe('a client that goes away in the middle', () => {
  let before: number
  beforeAll(async () => {
    await expectAlive()
    before = countDescriptors()
  })
  const expectNoLeak = () =>
    expect.poll(countDescriptors, { timeout: SILENCE_MS, interval: 200 }).toBeLessThanOrEqual(before + 2)

  it.each(Object.keys(HANDSHAKES) as (keyof typeof HANDSHAKES)[])(
    'of %s, after any of its bytes, ends nothing but itself',
    async (name) => {
      for (const ending of ['FIN', 'RST'] as const) {
        await abortAll([HANDSHAKES[name]], ending)
        // What is answered is written to a socket that is reset at that moment, or is not, by chance.
        for (let again = 0; again < 40; again++) await abort(await http(), HANDSHAKES[name], 10_000, ending)
      }
      await expectAlive()
      await expectNoLeak()
    },
  )

  it('of a request, at any route, ends nothing but itself', async () => {
    const routes = await everyRoute()
    expect(routes.length).toBeGreaterThan(60)
    for (const ending of ['FIN', 'RST'] as const) await abortAll(routes, ending, http, 3)
    await expectAlive()
    await expectNoLeak()
  })

  it('of a request over the control socket ends nothing but itself', async () => {
    const path = join(folder.path, 'control.sock')
    const json = { 'Content-Type': 'application/json' }
    const texts = [
      request('POST', '/sessions', json, '{}'),
      request('GET', '/nope', GATE),
      request('GET', '/', { ...UPGRADE, Upgrade: 'h2c' }),
      request('CONNECT', 'a:443'),
    ]
    for (const ending of ['FIN', 'RST'] as const) await abortAll(texts, ending, () => open({ path }))
    await expectAlive()
    await expectNoLeak()
  })

  it('or stops sending, at any byte of any handshake and request, is closed', async () => {
    const texts = [...Object.values(HANDSHAKES), ...(await everyRoute())]
    const sockets = await abortAll(texts, 'silence', http, 12)
    await expectAlive()
    await expectNoLeak()
    for (const socket of sockets) socket.destroy()
  })

  it('leaves no fault in the log', () => {
    expect(platform.output()).not.toMatch(/"level":(50|60)/)
  })
})
