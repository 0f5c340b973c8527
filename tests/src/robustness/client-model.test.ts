import { setTimeout as wait } from 'node:timers/promises'
import { type Conversation, type Session, type Stream, UserAgent } from '@stagedoor/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { API_KEY, mint, openTestGate } from '../../../apps/server/src/gate/gate.fixture.ts'
import { fakeMedia } from '../../../packages/client/src/media/fake-media.fixture.ts'
import { type FaultyNetwork, openFaultyNetwork } from './faulty-network.fixture.ts'

/** How many random sequences are tried; `STAGEDOOR_MODEL_RUNS` sets another number, `STAGEDOOR_MODEL_SEED` repeats one. */
const RUNS = Number(process.env.STAGEDOOR_MODEL_RUNS ?? 1_000)
const SEED = process.env.STAGEDOOR_MODEL_SEED
const PATH = process.env.STAGEDOOR_MODEL_PATH
const REST_MS = 10_000

const CLIENTS = 2
const STREAMS = 2

type Op = { readonly turns: number } & (
  | { readonly do: 'join' | 'leave' | 'say' | 'renew' | 'unregister' | 'register' | 'expire'; readonly client: number }
  | { readonly do: 'publish' | 'unpublish' | 'mute' | 'unmute'; readonly client: number; readonly stream: number }
  | { readonly do: 'cut' | 'silence' | 'lose answers' | 'restart' }
)

const client = fc.nat(CLIENTS - 1)
const stream = fc.nat(STREAMS - 1)
/** How many turns of the event loop pass before the next one: none, or enough for some or all of its frames to arrive. */
const turns = fc.constantFrom(0, 0, 1, 2, 3, 5, 8, 20)
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('join', 'leave', 'say'), client, turns }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('renew', 'unregister', 'register', 'expire'), client, turns }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('publish', 'unpublish', 'mute', 'unmute'), client, stream, turns }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cut', 'silence', 'lose answers', 'restart'), turns }) },
)

type TestGate = Awaited<ReturnType<typeof openTestGate>>

let gate: TestGate
let network: FaultyNetwork
let runs = 0

/** One user's client, and what its application wants. */
class Actor {
  readonly userId: string
  readonly #name: string
  readonly #userAgent = new UserAgent({
    uri: `apiKey:${API_KEY}`,
    getToken: () => this.#mint(),
    log: (...line) => this.log.push(line),
  })
  readonly streams: Stream[]
  isRegistered = false
  isJoined = false
  readonly published = new Set<Stream>()
  readonly received: string[] = []
  /** What the client logs, for when it fails. */
  readonly log: unknown[] = []
  /** What was asked of the client. */
  readonly calls: Promise<unknown>[] = []
  #session: Session | undefined

  constructor(userId: string, conversation: string) {
    this.userId = userId
    this.#name = conversation
    this.streams = Array.from({ length: STREAMS }, () =>
      this.#userAgent.createStreamFromMediaStream(fakeMedia('audio', 'video')),
    )
  }

  get conversation(): Conversation | undefined {
    return this.#session?.getConversation(this.#name)
  }

  async register(): Promise<void> {
    this.isJoined = false
    this.published.clear()
    for (;;) {
      try {
        this.#session = await this.#userAgent.register({ cloudUrl: network.url, id: this.userId })
        break
      } catch {
        // A registration that the network fails is made again by the application.
        await wait(1)
      }
    }
    this.isRegistered = true
    this.conversation?.on('message', ({ content }) => this.received.push(content))
  }

  unregister(): void {
    void this.#userAgent.unregister()
    this.isRegistered = false
    this.isJoined = false
    this.published.clear()
  }

  join(): void {
    if (!this.isRegistered) return
    this.isJoined = true
    this.#call(this.conversation?.join())
  }

  leave(): void {
    this.isJoined = false
    this.published.clear()
    this.#call(this.conversation?.leave())
  }

  publish(stream: Stream): void {
    if (!this.isJoined) return
    this.published.add(stream)
    this.#call(this.conversation?.publish(stream))
  }

  unpublish(stream: Stream): void {
    this.published.delete(stream)
    this.#call(this.conversation?.unpublish(stream))
  }

  say(text: string): void {
    if (!this.isJoined) return
    this.#call(this.conversation?.sendMessage(text))
  }

  renew(): void {
    if (this.isRegistered) this.#call(this.#session?.renew(this.#mint()))
  }

  stop(): void {
    void this.#userAgent.unregister()
  }

  #call(call: Promise<unknown> | undefined): void {
    if (call !== undefined) this.calls.push(call)
  }

  #mint(): string {
    return mint({ apiRTC_UserAgent_Id: this.userId })
  }
}

async function carryOut(op: Op, actors: readonly Actor[], at: number): Promise<void> {
  const actor = 'client' in op ? (actors[op.client] as Actor) : undefined
  const ofActor = 'stream' in op ? (actor?.streams[op.stream] as Stream) : undefined
  if (op.do === 'cut') network.cut()
  else if (op.do === 'silence') network.silence()
  else if (op.do === 'lose answers') network.loseAnswers()
  else if (op.do === 'restart') restartGate()
  else if (op.do === 'expire') expire(actor?.userId ?? '')
  else if (op.do === 'register') await actor?.register()
  else if (op.do === 'say') actor?.say(`${actor.userId} ${at}`)
  else if (ofActor === undefined) actor?.[op.do as 'join' | 'leave' | 'renew' | 'unregister']()
  else if (op.do === 'publish' || op.do === 'unpublish') actor?.[op.do](ofActor)
  else if (op.do === 'mute') ofActor.disableAudio()
  else if (op.do === 'unmute') ofActor.enableAudio()
  for (let turn = 0; turn < op.turns; turn++) await new Promise((next) => setImmediate(next))
}

/** The gate forgets every session, as one does that is killed and started again. */
function restartGate(): void {
  network.cut()
  for (const session of [...gate.context.sessions.all()]) session.close('going_away')
}

/** The gate has waited long enough for a client that is lost. */
function expire(userId: string): void {
  network.cut()
  for (const session of [...gate.context.sessions.of(API_KEY, userId)]) session.close('connection_lost')
}

/** What the applications want, what the gate has, and what each client shows of the others: all alike when nothing goes on. */
function compare(actors: readonly Actor[], conversation: string) {
  const wanted = actors.filter(({ isJoined }) => isJoined).map((actor) => describeActor(actor))
  const held = gate.context.conversations.named(API_KEY, conversation)
  const atGate = [...(held?.members.values() ?? [])].map((member) => ({
    userId: member.session.userId,
    streams: (held?.streamsOf(member) ?? [])
      .map(({ info }) => ({ id: info.mediaStreamId, muted: info.audioMuted }))
      .sort(byId),
  }))
  const seen = actors.map((actor) => ({
    by: actor.userId,
    users: [...(actor.conversation?.getContacts().keys() ?? [])].sort(),
    streams: (actor.conversation?.getAvailableStreamList() ?? [])
      .map(({ contact, isAudioMuted }) => ({ userId: contact.getId(), muted: isAudioMuted }))
      .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other))),
  }))
  const expected = actors.map((actor) => {
    const others = actor.isJoined ? actors.filter((other) => other !== actor && other.isJoined) : []
    return {
      by: actor.userId,
      users: others.map(({ userId }) => userId).sort(),
      streams: others
        .flatMap((other) => [...other.published].map((one) => ({ userId: other.userId, muted: one.isAudioMuted() })))
        .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other))),
    }
  })
  const sessions = actors.map(({ userId }) => gate.context.sessions.of(API_KEY, userId).size)
  const registered = actors.map(({ isRegistered }) => Number(isRegistered))
  return {
    actual: { atGate: atGate.sort(byUser), seen, sessions },
    expected: { atGate: wanted.sort(byUser), seen: expected, sessions: registered },
  }
}

function describeActor({ userId, published }: Actor) {
  const streams = [...published].map((one) => ({ id: one.getData().id, muted: one.isAudioMuted() }))
  return { userId, streams: streams.sort(byId) }
}

const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id)
const byUser = (one: { userId: string }, other: { userId: string }) => one.userId.localeCompare(other.userId)

async function untilAtRest(actors: readonly Actor[], conversation: string): Promise<void> {
  const end = Date.now() + REST_MS
  for (;;) {
    // As after the time for which a session waits for its client.
    for (const session of [...gate.context.sessions.all()]) {
      const actor = actors.find(({ userId }) => userId === session.userId)
      if (session.isLost && actor?.isRegistered !== true) gate.context.sessions.end(session, 'connection_lost')
    }
    const { actual, expected } = compare(actors, conversation)
    if (JSON.stringify(actual) === JSON.stringify(expected)) return
    if (Date.now() > end) {
      const logs = actors.map(({ userId, log }) => `${userId}: ${JSON.stringify(log.slice(-20))}`)
      expect(actual, logs.join('\n')).toEqual(expected)
    }
    await wait(2)
  }
}

async function run(ops: readonly Op[]): Promise<void> {
  const conversation = `conversation ${++runs}`
  const actors = Array.from({ length: CLIENTS }, (_none, at) => new Actor(`user ${runs}.${at}`, conversation))
  try {
    for (const actor of actors) await actor.register()
    for (const [at, op] of ops.entries()) await carryOut(op, actors, at)
    // What was silent is found out after a while, and ends.
    network.cut()
    await untilAtRest(actors, conversation)
    for (const actor of actors) {
      expect(new Set(actor.received).size, 'a message was received twice').toBe(actor.received.length)
      const calls = Promise.allSettled(actor.calls).then(() => 'settled')
      expect(await Promise.race([calls, wait(5_000, 'a call waits for ever')])).toBe('settled')
    }
  } finally {
    for (const actor of actors) actor.stop()
  }
}

describe('a client', () => {
  const rejections: unknown[] = []
  const onRejection = (reason: unknown) => void rejections.push(reason)

  beforeAll(() => {
    process.on('unhandledRejection', onRejection)
  })
  afterAll(() => {
    process.off('unhandledRejection', onRejection)
  })

  it('brings the gate and the others to what its application wants, whatever the network does', {
    timeout: 1_800_000,
  }, async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    onTestFinished(() => void vi.restoreAllMocks())
    gate = await openTestGate()
    network = await openFaultyNetwork(gate.port)
    onTestFinished(() => network.close())
    await fc.assert(
      fc.asyncProperty(fc.array(op, { maxLength: 40, size: 'max' }), async (ops) => {
        await run(ops)
        expect(rejections).toEqual([])
      }),
      {
        numRuns: RUNS,
        ...(SEED !== undefined && {
          seed: Number(SEED),
          ...(PATH !== undefined && { path: PATH, endOnFailure: true }),
        }),
      },
    )
  })
})
