import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { GATE_PATH, REGISTRATION_TIMEOUT_MS, SUBPROTOCOL } from '@stagedoor/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, type RunningPlatform, stagedoorJson, startPlatform } from '../fixtures/platform.fixture.ts'
import { attempt, type RawClient, register } from '../fixtures/raw-client.fixture.ts'

const SILENT_SOCKETS = 10_000
const BATCH = 500
const MIB = 1024 * 1024

const folder = makeFolder()
let platform: RunningPlatform
let witness: RawClient
let made: { readonly apiKey: string; readonly secret: string }

beforeAll(async () => {
  made = await stagedoorJson(['key', 'create'], folder.path)
  platform = await startPlatform(folder.path)
  witness = await enter('witness')
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

async function enter(id: string): Promise<RawClient> {
  const token = new AccessToken(made.apiKey, made.secret, { apiRTC_UserAgent_Id: id }).toJwt()
  const { client, answer } = await register(platform.url, made.apiKey, id, token)
  expect(answer).toMatchObject({ type: 'registered' })
  return client
}

let ref = 10
// After each attack: the session that was there before still works, and a newcomer is let in.
afterEach(async () => {
  ref++
  witness.send({ type: 'join', ref, conversation: 'a' })
  expect(await witness.next()).toMatchObject({ type: 'joined', ref })
  witness.send({ type: 'leave', ref, conversation: 'a' })
  expect(await witness.next()).toMatchObject({ type: 'done', ref })
  const newcomer = await enter('newcomer')
  newcomer.socket.close()
  await newcomer.closed
})

/** The memory of the platform's process that is in use, in bytes. */
function residentBytes(): number {
  const status = readFileSync(`/proc/${platform.process.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

async function countSockets(): Promise<number> {
  const answer = await fetch(`${platform.url}/healthz`)
  return ((await answer.json()) as { sockets: number }).sockets
}

function rawSocket(): Promise<Socket> {
  const { hostname, port } = new URL(platform.url)
  return new Promise((open, fail) => {
    const socket = connect(Number(port), hostname, () => open(socket))
    socket.once('error', fail)
  })
}

const HANDSHAKE = [
  `GET ${GATE_PATH} HTTP/1.1`,
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
  '',
  '',
].join('\r\n')

describe('the gate, under garbage,', () => {
  it('ends what sends random bytes instead of HTTP', async () => {
    for (let at = 0; at < 50; at++) {
      const socket = await rawSocket()
      socket.on('error', () => {})
      socket.write(randomBytes(1 + at * 40))
      socket.end()
      await new Promise((closed) => socket.once('close', closed).resume())
    }
  })

  it('ends what sends random bytes instead of frames', async () => {
    for (let at = 0; at < 50; at++) {
      const socket = await rawSocket()
      socket.on('error', () => {})
      socket.write(HANDSHAKE)
      await new Promise((answered) => socket.once('data', answered))
      // A frame that is not masked is against the protocol, whatever else it is.
      socket.write(Buffer.concat([Buffer.from([0x81, 0x05]), randomBytes(at * 20)]))
      await new Promise((closed) => socket.once('close', closed).resume())
    }
  })

  it('closes a socket for every kind of first frame that is no registration', async () => {
    const values = [null, true, 7, 'x', [], {}, { type: 7 }, { type: 'register' }, { type: 'register', ref: {} }]
    for (const value of values) {
      const client = await attempt(platform.url)
      client.send(JSON.stringify(value))
      expect([value, await client.closed]).toEqual([value, 4400])
    }
    for (let at = 0; at < 50; at++) {
      const client = await attempt(platform.url)
      client.send(randomBytes(200).toString('latin1'))
      expect(await client.closed).toBe(4400)
    }
  })

  it('answers or closes for each wrong type in each member of each message, and never falls', async () => {
    const good = {
      ref: 1,
      conversation: 'a',
      streamId: 's',
      text: 't',
      data: {},
      to: 'x',
      signal: {},
      stream: {},
      token: 't',
    }
    const odd = [null, true, -1, 1e308, '', 'x'.repeat(300), [], {}, JSON.parse('{"__proto__":{"a":1}}'), [[[[[]]]]]]
    const types = [
      'renew',
      'join',
      'leave',
      'publish',
      'mute',
      'unpublish',
      'subscribe',
      'unsubscribe',
      'send_message',
      'send_data',
      'signal',
    ]
    for (const type of types) {
      let client = await enter('tester')
      for (const member of Object.keys(good)) {
        for (const value of odd) {
          if (client.socket.readyState !== client.socket.OPEN) client = await enter('tester')
          client.send({ type, ...good, [member]: value })
        }
      }
      client.socket.close()
      await client.closed
    }
  })

  it('closes a socket that sends a frame of 1 MiB, and has its memory back', async () => {
    const before = residentBytes()
    for (let at = 0; at < 100; at++) {
      const client = await attempt(platform.url)
      client.send('x'.repeat(MIB))
      expect(await client.closed).toBe(1009)
    }
    expect(residentBytes() - before).toBeLessThan(64 * MIB)
  })

  it(`lets go of ${SILENT_SOCKETS} sockets that never register`, async () => {
    const before = residentBytes()
    const sockets: Socket[] = []
    for (let opened = 0; opened < SILENT_SOCKETS; opened += BATCH) {
      const batch = await Promise.all(Array.from({ length: BATCH }, rawSocket))
      for (const socket of batch) {
        socket.on('error', () => {}).resume()
        socket.write(HANDSHAKE)
      }
      sockets.push(...batch)
    }
    const newcomer = await enter('meanwhile')
    newcomer.socket.close()
    await expect.poll(countSockets, { timeout: REGISTRATION_TIMEOUT_MS + 20_000, interval: 250 }).toBe(1)
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => (residentBytes() - before) / MIB, { timeout: 20_000, interval: 500 }).toBeLessThan(250)
  }, 120_000)

  it('does not wait for those who send slowly', async () => {
    const slow = await Promise.all(Array.from({ length: 200 }, rawSocket))
    const ended = slow.map(
      (socket) =>
        new Promise((closed) =>
          socket
            .on('error', () => {})
            .once('close', closed)
            .resume(),
        ),
    )
    for (const [at, socket] of slow.entries()) {
      if (at % 2 === 0) {
        socket.write(HANDSHAKE.slice(0, 40))
        continue
      }
      socket.write(HANDSHAKE)
      // The head of a masked text frame of 16,000 bytes, of which the rest never comes.
      socket.write(Buffer.from([0x81, 0xfe, 0x3e, 0x80, 0, 0, 0, 0, 0x7b]))
    }
    const started = Date.now()
    await Promise.all(ended)
    expect(Date.now() - started).toBeLessThan(30_000)
    await sleep(100)
    expect(await countSockets()).toBe(1)
  }, 60_000)

  it('has written no fault into its log', () => {
    expect(platform.output()).not.toMatch(/"level":(50|60)/)
  })
})
