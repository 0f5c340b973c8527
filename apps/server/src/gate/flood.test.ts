import { MAX_FIRST_FRAME_BYTES, MAX_FRAME_BYTES, MAX_FRAME_DEPTH, type ServerMessage } from '@stagedoor/protocol'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { CONVERSATION_BYTES } from '../conversation/conversation.ts'
import { DEFAULT_POLICY } from '../policy/policy.ts'
import { LARGE_FIRST_FRAMES } from '../registration/turnstile.ts'
import { BURST_SECONDS, LEAST_OFFENCES, SAID_BYTES } from '../session/pace.ts'
import { mint, openTestGate, type RawClient } from './gate.fixture.ts'
import { isTooDeep, peekRef, peekRenewal } from './peek-frame.ts'
import { PINGS } from './socket-handler.ts'

// Time stands still, so that nothing more is let through meanwhile.
vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
afterAll(() => {
  vi.useRealTimers()
})

const slow = { rateLimits: { ...DEFAULT_POLICY.rateLimits, messagesPerSecond: 1 } }
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

async function enter({ request }: Awaited<ReturnType<typeof openTestGate>>, id = 'alice', conversation = 'a') {
  const client = request()
  await client.register(mint({ apiRTC_UserAgent_Id: id }), id)
  await client.send({ type: 'join', ref: 1, conversation })
  await nextOf(client, 'joined')
  return client
}

async function nextOf(client: RawClient, ...types: ServerMessage['type'][]): Promise<ServerMessage> {
  for (;;) {
    const message = await client.next()
    if (types.includes(message.type)) return message
  }
}

describe('a frame beyond the limits of its session', () => {
  it('is not parsed, and is answered all the same under its ref', async () => {
    const gate = await openTestGate({}, undefined, slow)
    const client = gate.request()
    await client.register(mint())
    for (let ref = 2; ref < 2 + BURST_SECONDS; ref++) await client.send({ type: 'leave', ref, conversation: 'a' })
    for (let ref = 2; ref < 2 + BURST_SECONDS; ref++) await nextOf(client, 'failed')
    const parse = vi.spyOn(JSON, 'parse')
    const pad = 'x'.repeat(MAX_FRAME_BYTES - 100)
    await client.send(`{"type":"send_data","ref":77,"conversation":"a","data":"${pad}"}`)
    await client.send(`{"type":"send_data","conversation":"a","data":"${pad}","ref":78}`)
    await client.send('[[[[ this is no JSON "ref": 79 }')
    // By the client, which parses what it is sent.
    for (const ref of [77, 78, 79]) expect(await client.next()).toMatchObject({ code: 'rate_limited', ref })
    expect(parse.mock.calls.filter(([text]) => !String(text).includes('rate_limited'))).toEqual([])
    parse.mockRestore()
  })

  it('is refused up to a limit, beyond which its session ends', async () => {
    const gate = await openTestGate({}, undefined, slow)
    const client = gate.request()
    await client.register(mint())
    for (let sent = 0; sent <= BURST_SECONDS + LEAST_OFFENCES.burst; sent++) {
      await client.send({ type: 'leave', ref: sent, conversation: 'a' })
    }
    expect(await client.closed).toEqual({ code: 4429, reason: 'flooded' })
    expect(gate.context.sessions.size).toBe(0)
  })
})

describe('nesting', () => {
  it(`is taken up to a depth of ${MAX_FRAME_DEPTH}, and not one deeper`, async () => {
    const gate = await openTestGate()
    const client = await enter(gate)
    const send = (depth: number) =>
      client.send(`{"type":"send_data","ref":2,"conversation":"a","data":${nested(depth)}}`)
    await send(MAX_FRAME_DEPTH - 1)
    expect(await client.next()).toMatchObject({ type: 'done' })
    await send(MAX_FRAME_DEPTH)
    expect(await client.next()).toMatchObject({ type: 'failed', code: 'message_malformed', ref: 2 })
  })

  it('of thousands of levels ends a socket before there is a session, and is no fault', async () => {
    const gate = await openTestGate()
    const client = gate.request()
    await client.send(`{"type":"register","ref":1,"apiKey":"shop","id":"a","userData":{"a":${nested(8_000)}}}`)
    expect((await client.closed).code).toBe(4400)
    expect(gate.lines.join('')).not.toContain('"level":50')
  })

  it.each([
    [nested(MAX_FRAME_DEPTH), false],
    [nested(MAX_FRAME_DEPTH + 1), true],
    ['{"a":'.repeat(MAX_FRAME_DEPTH + 1), true],
    ['[]'.repeat(1_000), false],
    [`"${'['.repeat(1_000)}"`, false],
    [`"\\"${'['.repeat(1_000)}"`, false],
    [`"\\\\"${'['.repeat(1_000)}`, true],
    ['', false],
  ])('%#: is told from the bytes alone', (text, expected) => {
    expect(isTooDeep(Buffer.from(text))).toBe(expected)
  })
})

it.each([
  ['{"type":"renew","ref":7,"token":"…"}', 7, true],
  [`{"type":"send_data","data":"${'x'.repeat(9_000)}", "ref" : 8 }`, 8, false],
  [`{"token":"${'x'.repeat(9_000)}","ref":9,"type":"renew"}`, 9, true],
  [`{"a":"${'x'.repeat(400)}","ref":9,"b":"${'x'.repeat(400)}"}`, undefined, false],
  ['{"ref":-1}', undefined, false],
  ['{"ref":12345678901234567890}', undefined, false],
  ['', undefined, false],
])('%#: a frame that is not parsed is known by its ends', (text, ref, isRenewal) => {
  const bytes = Buffer.from(text)
  expect([peekRef(bytes), peekRenewal(bytes)]).toEqual([ref, isRenewal])
})

describe('pings', () => {
  it(`are answered ${PINGS.burst} at once, and with one more the socket is closed`, async () => {
    const gate = await openTestGate()
    const client = gate.request()
    await client.register(mint())
    let pongs = 0
    client.socket.on('pong', () => pongs++)
    for (let sent = 0; sent < PINGS.burst; sent++) client.socket.ping()
    await vi.waitFor(() => expect(pongs).toBe(PINGS.burst))
    client.socket.ping()
    expect((await client.closed).code).toBe(4429)
  })
})

describe('large first frames', () => {
  it('are taken from one network up to a budget, and small ones go on', async () => {
    const gate = await openTestGate()
    const frame = JSON.stringify({ type: 'register', ref: 1, apiKey: 'shop', id: 'a', token: '', pad: '' })
    const large = frame.replace('"pad":""', `"pad":"${'x'.repeat(MAX_FIRST_FRAME_BYTES - frame.length)}"`)
    for (let sent = 0; sent < LARGE_FIRST_FRAMES.burst / MAX_FIRST_FRAME_BYTES; sent++) {
      const client = gate.request()
      await client.send(large)
      expect((await client.closed).code).toBe(4401)
    }
    const client = gate.request()
    await client.send(large)
    expect((await client.closed).code).toBe(4429)
    expect(await gate.request().register(mint())).toMatchObject({ type: 'registered' })
  })
})

describe('what one member says', () => {
  it('is refused when it is too much for the others, who stay and lose nothing that was taken', async () => {
    const gate = await openTestGate()
    const readers = await Promise.all(Array.from({ length: 8 }, (_none, at) => enter(gate, `reader ${at}`)))
    const talker = await enter(gate, 'talker')
    const data = 'x'.repeat(4_000)
    let taken = 0
    for (let ref = 2; ref < 200; ref++) {
      await talker.send({ type: 'send_data', ref, conversation: 'a', data })
      const answer = await nextOf(talker, 'done', 'refused')
      if (answer.type === 'done') taken++
      else expect(answer).toMatchObject({ code: 'rate_limited', retryAfterSeconds: expect.any(Number) })
    }
    expect(taken).toBeGreaterThanOrEqual(Math.floor(SAID_BYTES.burst / (data.length + 200)))
    expect(taken).toBeLessThan(SAID_BYTES.burst / data.length + 1)
    for (const reader of readers) for (let at = 0; at < taken; at++) await nextOf(reader, 'data')
    expect(gate.context.sessions.size).toBe(9)
    // Another one may speak, and the talker may leave.
    await readers[0]?.send({ type: 'send_message', ref: 5, conversation: 'a', text: 'hello' })
    expect(await nextOf(readers[0] as RawClient, 'done')).toMatchObject({ ref: 5 })
    await talker.send({ type: 'leave', ref: 500, conversation: 'a' })
    expect(await nextOf(talker, 'done', 'refused')).toMatchObject({ type: 'done', ref: 500 })
  })

  /** Sends that until it is refused. Returns how often it was accepted. */
  async function floodOf(client: RawClient, data: string): Promise<number> {
    for (let taken = 0; ; taken++) {
      await client.send({ type: 'send_data', ref: 9, conversation: 'a', data })
      if ((await nextOf(client, 'done', 'refused')).type === 'refused') return taken
    }
  }

  it('leaves something to others, and all together have a limit too', async () => {
    const gate = await openTestGate()
    const talkers = await Promise.all(['one', 'two', 'three', 'four'].map((id) => enter(gate, id)))
    const taken = []
    for (const talker of talkers) taken.push(await floodOf(talker, 'x'.repeat(30_000)))
    // The first has all of its own; each of the others about half of what is left.
    const [first = 0, ...others] = taken
    expect(first).toBe(Math.ceil(SAID_BYTES.burst / 30_200))
    for (const [at, other] of others.entries()) {
      expect(other).toBeGreaterThanOrEqual(Math.floor(first / 2 ** (at + 1)) - 1)
      expect(other).toBeGreaterThan(0)
    }
    expect(taken.reduce((sum, count) => sum + count) * 30_000).toBeLessThan(CONVERSATION_BYTES.burst)
  })

  it('does not silence a member who says little, while one session after the other floods', async () => {
    const gate = await openTestGate()
    const honest = await enter(gate, 'honest')
    for (let session = 0; session < 6; session++) {
      const flooder = await enter(gate, `flooder ${session}`)
      await floodOf(flooder, 'x'.repeat(4_000))
      flooder.socket.terminate()
      await honest.send({ type: 'send_message', ref: 100 + session, conversation: 'a', text: 'hello' })
      expect(await nextOf(honest, 'done', 'refused')).toMatchObject({ type: 'done', ref: 100 + session })
    }
  })
})
