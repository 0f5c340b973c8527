import { ConnectionError, type Conversation, type Session, SupersededError, UserAgent } from '@stagedoor/client'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { API_KEY, mint, openTestGate } from '../../../apps/server/src/gate/gate.fixture.ts'
import { fakeMedia } from '../../../packages/client/src/media/fake-media.fixture.ts'
import { type FaultyNetwork, openFaultyNetwork } from '../robustness/faulty-network.fixture.ts'

// Sequences that people report of other clients, with a real gate and real sockets. Each says what the others see of it.

type TestGate = Awaited<ReturnType<typeof openTestGate>>

let gate: TestGate
let network: FaultyNetwork
const rejections: unknown[] = []
const onRejection = (reason: unknown) => void rejections.push(reason)

async function openGate(policy: Parameters<typeof openTestGate>[2] = {}): Promise<void> {
  gate = await openTestGate({}, undefined, policy)
  network = await openFaultyNetwork(gate.port)
  onTestFinished(() => network.close())
}

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  process.on('unhandledRejection', onRejection)
})
afterEach(async () => {
  await new Promise((next) => setImmediate(next))
  process.off('unhandledRejection', onRejection)
  vi.restoreAllMocks()
  expect(rejections.splice(0)).toEqual([])
})

const tokenOf = (id: string, options: Parameters<typeof mint>[0] = {}) => mint({ apiRTC_UserAgent_Id: id, ...options })

interface Person {
  readonly userAgent: UserAgent
  readonly session: Session
  readonly conversation: Conversation
}

/** Registers and joins; `cloudUrl` is the network that fails, or the gate itself. */
async function enter(id: string, cloudUrl = network.url): Promise<Person> {
  const userAgent = new UserAgent({ uri: `apiKey:${API_KEY}`, getToken: () => tokenOf(id) })
  onTestFinished(() => userAgent.unregister())
  const session = await userAgent.register({ cloudUrl, id })
  const conversation = session.getConversation('stage')
  await conversation.join()
  return { userAgent, session, conversation }
}

const enterDirectly = (id: string) => enter(id, `http://127.0.0.1:${gate.port}`)
const camera = (userAgent: UserAgent) => userAgent.createStreamFromMediaStream(fakeMedia('audio', 'video'))
const usersSeenBy = ({ conversation }: Person) => [...conversation.getContacts().keys()]
const streamsSeenBy = ({ conversation }: Person) =>
  conversation.getAvailableStreamList().map(({ isAudioMuted }) => ({ isAudioMuted }))
const reconnected = ({ session }: Person) => new Promise<void>((resolve) => session.once('reconnected', resolve))

/** Cuts the connections, and lets the client come back after `meanwhile`. */
async function whileLost(person: Person, meanwhile: () => void): Promise<void> {
  const lost = new Promise<void>((resolve) => person.session.once('disconnected', () => resolve()))
  const back = reconnected(person)
  network.cut()
  await lost
  meanwhile()
  await back
}

describe('what is called while the connection is lost', () => {
  it('is done when it is back: leave, mute, unpublish, unsubscribe', async () => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const [first, second] = [camera(alice.userAgent), camera(alice.userAgent)]
    await alice.conversation.publish(first)
    await alice.conversation.publish(second)
    await whileLost(alice, () => {
      first.disableAudio()
      void alice.conversation.unpublish(second)
    })
    await expect.poll(() => streamsSeenBy(bob)).toEqual([{ isAudioMuted: true }])
    await whileLost(alice, () => void alice.conversation.leave())
    await expect.poll(() => usersSeenBy(bob)).toEqual([])
    expect(alice.conversation.getStatus()).toBe('NOT_JOINED')
  })

  it('is done when it is back: join, and others see and hear each other', async () => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const heard: string[] = []
    alice.conversation.on('message', ({ content }) => heard.push(content))
    await alice.conversation.leave()
    let joined: Promise<void> | undefined
    await whileLost(alice, () => {
      joined = alice.conversation.join()
      expect(alice.conversation.getStatus()).toBe('JOINING')
    })
    await joined
    expect(alice.conversation.isJoined()).toBe(true)
    await expect.poll(() => usersSeenBy(bob)).toEqual(['alice'])
    await bob.conversation.sendMessage('welcome')
    await expect.poll(() => heard).toEqual(['welcome'])
  })
})

describe('an answer that is lost', () => {
  it('of a publication leaves one stream, which can be withdrawn', async () => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const stream = camera(alice.userAgent)
    network.loseAnswers()
    const published = alice.conversation.publish(stream)
    await expect.poll(() => streamsSeenBy(bob)).toHaveLength(1)
    network.cut()
    await published
    expect(streamsSeenBy(bob)).toHaveLength(1)
    await alice.conversation.unpublish(stream)
    await expect.poll(() => streamsSeenBy(bob)).toEqual([])
  })

  it.each([
    ['the session is resumed', false],
    ['the session is gone, too', true],
  ])('of a message does not make it come twice, where %s', async (_what, isGone) => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const heard: string[] = []
    bob.conversation.on('message', ({ content }) => heard.push(content))
    network.loseAnswers()
    const sent = alice.conversation.sendMessage('hello')
    await expect.poll(() => heard).toEqual(['hello'])
    network.cut()
    if (isGone) for (const session of gate.context.sessions.of(API_KEY, 'alice')) session.close('connection_lost')
    await sent
    await alice.conversation.sendMessage('and again')
    await expect.poll(() => heard).toEqual(['hello', 'and again'])
  })

  it('of a resumption does not lock the user out, who may have one session only, nor show them twice', async () => {
    await openGate({ sessionsPerUser: { most: 1, beyond: 'refuse' } })
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const [session] = gate.context.sessions.of(API_KEY, 'alice')
    const resumed = vi.spyOn(gate.context.registrar, 'resume')
    network.cut()
    // The gate has resumed the session, and the client never learns of it.
    await expect.poll(() => resumed.mock.calls.length).toBeGreaterThan(0)
    network.loseAnswers()
    network.cut()
    await expect.poll(() => alice.session.isConnected()).toBe(true)
    expect([...gate.context.sessions.of(API_KEY, 'alice')].map(({ id }) => id)).toEqual([session?.id])
    expect(usersSeenBy(bob)).toEqual(['alice'])
    await alice.conversation.sendMessage('still here')
  })
})

describe('the last call', () => {
  it('wins: join, leave and join in one tick end inside', async () => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    await alice.conversation.leave()
    const calls = [alice.conversation.join(), alice.conversation.leave(), alice.conversation.join()]
    const [first] = await Promise.allSettled(calls)
    expect(first).toMatchObject({ status: 'rejected', reason: expect.any(SupersededError) })
    expect(alice.conversation.isJoined()).toBe(true)
    await expect.poll(() => usersSeenBy(bob)).toEqual(['alice'])
    await Promise.allSettled([alice.conversation.leave(), alice.conversation.join(), alice.conversation.leave()])
    await expect.poll(() => usersSeenBy(bob)).toEqual([])
  })

  it('wins: a stream that is published and unpublished ten times, and then published, is there once', async () => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const stream = camera(alice.userAgent)
    for (let count = 0; count < 10; count++) {
      void alice.conversation.publish(stream)
      void alice.conversation.unpublish(stream)
    }
    await Promise.all([alice.conversation.publish(stream), alice.conversation.publish(stream)])
    await expect.poll(() => streamsSeenBy(bob)).toHaveLength(1)
  })

  it('wins: unregister during register leaves no session, and of two registrations the later stays', async () => {
    await openGate()
    const userAgent = new UserAgent({ uri: `apiKey:${API_KEY}`, getToken: () => tokenOf('alice') })
    const options = { cloudUrl: network.url, id: 'alice' }
    const abandoned = userAgent.register(options)
    await userAgent.unregister()
    await expect(abandoned).rejects.toBeInstanceOf(SupersededError)
    await expect.poll(() => gate.context.sessions.size).toBe(0)
    // As React does in StrictMode: mounted, unmounted, and mounted again.
    const first = userAgent.register(options)
    void userAgent.unregister()
    const second = userAgent.register(options)
    await expect(first).rejects.toBeInstanceOf(SupersededError)
    const session = await second
    expect(userAgent.getCurrentSession()).toBe(session)
    await expect.poll(() => gate.context.sessions.size).toBe(1)
    await userAgent.unregister()
    await expect.poll(() => gate.context.sessions.size).toBe(0)
  })

  it('wins: a second register replaces the session of the first, also where a user may have only one', async () => {
    await openGate({ sessionsPerUser: { most: 1, beyond: 'refuse' } })
    const userAgent = new UserAgent({ uri: `apiKey:${API_KEY}`, getToken: () => tokenOf('alice') })
    onTestFinished(() => userAgent.unregister())
    const options = { cloudUrl: network.url, id: 'alice' }
    const first = await userAgent.register(options)
    const second = await userAgent.register(options)
    expect([first.getState(), second.getState()]).toEqual(['disconnected', 'connected'])
    expect([...gate.context.sessions.all()].map(({ id }) => id)).toEqual([second.getId()])
  })

  it('can be aborted', async () => {
    await openGate()
    const alice = await enter('alice')
    await alice.conversation.leave()
    const lost = new Promise<void>((resolve) => alice.session.once('disconnected', () => resolve()))
    vi.mocked(Math.random).mockReturnValue(0.999)
    network.cut()
    await lost
    const abort = new AbortController()
    const joined = alice.conversation.join({ signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(joined).rejects.toThrow('enough')
    expect(alice.conversation.getStatus()).toBe('NOT_JOINED')
    const stream = camera(alice.userAgent)
    void alice.conversation.join()
    const publishing = new AbortController()
    const published = alice.conversation.publish(stream, { signal: publishing.signal })
    publishing.abort(new Error('enough'))
    await expect(published).rejects.toThrow('enough')
    expect(alice.conversation.isPublishedStream(stream)).toBe(false)
    for (const wait of [
      (signal: AbortSignal) => alice.conversation.sendMessage('hello', { signal }),
      (signal: AbortSignal) => alice.session.renew(tokenOf('alice'), { signal }),
      (signal: AbortSignal) => alice.conversation.leave({ signal }),
    ]) {
      await expect(wait(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
    }
    const registering = new AbortController()
    const registered = alice.userAgent.register({ cloudUrl: network.url, id: 'alice', signal: registering.signal })
    registering.abort(new Error('enough'))
    await expect(registered).rejects.toThrow('enough')
  })
})

describe('one bad value', () => {
  it('ends its own call, and nothing else', async () => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const heard: unknown[] = []
    bob.conversation.on('data', ({ content }) => heard.push(content))
    await expect(alice.conversation.sendData({ amount: 10n })).rejects.toBeInstanceOf(TypeError)
    await expect(alice.conversation.sendData('x'.repeat(70_000))).rejects.toMatchObject({ code: 'message_too_large' })
    await expect(alice.conversation.sendMessage('\u0001'.repeat(16_000))).rejects.toMatchObject({
      code: 'message_too_large',
    })
    await expect(alice.conversation.sendMessage('')).rejects.toMatchObject({ code: 'message_malformed' })
    await alice.conversation.sendData({ amount: 10 })
    await expect.poll(() => heard).toEqual([{ amount: 10 }])
    expect(alice.session.isConnected()).toBe(true)
  })

  it('of a registration is named before anything is sent', async () => {
    await openGate()
    const userAgent = new UserAgent({ uri: `apiKey:${API_KEY}`, getToken: () => tokenOf('alice') })
    const register = (rest: object) => userAgent.register({ cloudUrl: network.url, id: 'alice', ...rest })
    for (const id of ['', '..', 'a\u0000b', 'x'.repeat(257), 7, undefined, 'ApiKey_Token']) {
      await expect(register({ id })).rejects.toThrow(TypeError)
    }
    await expect(register({ userData: { pad: 'x'.repeat(5_000) } })).rejects.toThrow('userData is 5010 bytes')
    await expect(register({ userData: 'Alice' })).rejects.toThrow('userData must be an object')
    expect(gate.gate.size).toBe(0)
  })
})

describe('a wait for others', () => {
  it('ends: a getToken that never answers is asked again, and the session comes back', {
    timeout: 30_000,
  }, async () => {
    await openGate()
    let asked = 0
    const signals: AbortSignal[] = []
    const getToken = (signal: AbortSignal) => {
      signals.push(signal)
      return ++asked === 2 ? new Promise<string>(() => {}) : tokenOf('alice')
    }
    const userAgent = new UserAgent({ uri: `apiKey:${API_KEY}`, getToken })
    onTestFinished(() => userAgent.unregister())
    const session = await userAgent.register({ cloudUrl: network.url, id: 'alice' })
    const back = new Promise<void>((resolve) => session.once('reconnected', resolve))
    network.cut()
    for (const open of gate.context.sessions.all()) open.close('connection_lost')
    await back
    expect([asked, signals[1]?.aborted]).toEqual([3, true])
  })

  it('ends: a call to a session that has ended is an error, and not a wait', async () => {
    await openGate()
    const alice = await enter('alice')
    await alice.session.disconnect()
    await expect(alice.conversation.join()).rejects.toBeInstanceOf(ConnectionError)
    await expect(alice.conversation.sendMessage('hello')).rejects.toBeInstanceOf(ConnectionError)
    await expect(alice.session.renew(tokenOf('alice'))).rejects.toBeInstanceOf(ConnectionError)
    await alice.conversation.leave()
  })
})

describe('what changes', () => {
  it('is announced: the permissions after a renewal, and the streams that they end', async () => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const stream = camera(alice.userAgent)
    await alice.conversation.publish(stream)
    const events: unknown[] = []
    alice.session.on('renewed', () => events.push('renewed'))
    alice.conversation.on('permissionsChanged', ({ publish }) => events.push(publish))
    alice.conversation.on('publicationEnded', ({ reason }) => events.push(reason))
    const conversations = [{ name: 'stage', role: 'guest' as const, publish: ['audio' as const], subscribe: true }]
    await alice.session.renew(tokenOf('alice', { conversations }))
    await expect.poll(() => events).toEqual([['audio'], 'not_permitted', 'renewed'])
    expect(alice.conversation.getPermissions()).toMatchObject({ role: 'guest', publish: ['audio'] })
    expect(alice.conversation.isPublishedStream(stream)).toBe(false)
    await expect.poll(() => streamsSeenBy(bob)).toEqual([])
    expect(bob.conversation.getContacts().get('alice')?.getRole()).toBe('guest')
  })

  it('is announced: a camera that is unplugged, to the others too', async () => {
    await openGate()
    const [alice, bob] = [await enter('alice'), await enterDirectly('bob')]
    const media = fakeMedia('audio', 'video')
    const stream = alice.userAgent.createStreamFromMediaStream(media)
    await alice.conversation.publish(stream)
    const ended: string[] = []
    alice.conversation.on('publicationEnded', ({ reason }) => ended.push(reason))
    const [microphone, webcam] = media.getTracks()
    webcam?.unplug()
    const kinds = () => bob.conversation.getAvailableStreamList().map(({ hasAudio, hasVideo }) => [hasAudio, hasVideo])
    await expect.poll(kinds).toEqual([[true, false]])
    microphone?.unplug()
    await expect.poll(kinds).toEqual([])
    expect(ended).toEqual(['stopped'])
  })

  it('is announced: the states of a session whose connection is lost and resumed, or lost for good', async () => {
    await openGate()
    const alice = await enter('alice')
    const states: string[] = []
    alice.session.on('stateChanged', ({ state }) => states.push(state))
    await whileLost(alice, () => {})
    expect(states.splice(0)).toEqual(['resuming', 'connected'])
    await whileLost(alice, () => {
      for (const session of gate.context.sessions.all()) session.close('connection_lost')
    })
    expect(states.splice(0)).toEqual(['resuming', 'restoring', 'connected'])
    await alice.userAgent.unregister()
    expect(states).toEqual(['disconnected'])
  })
})

describe('the log', () => {
  it('says what happens, and holds no token and no ticket', async () => {
    await openGate()
    const lines: string[] = []
    const token = tokenOf('alice')
    const userAgent = new UserAgent({
      uri: `apiKey:${API_KEY}`,
      getToken: () => token,
      log: (level, message, details) => lines.push(JSON.stringify([level, message, details])),
    })
    const session = await userAgent.register({ cloudUrl: network.url, id: 'alice' })
    await session.getConversation('stage').join()
    const back = new Promise<void>((resolve) => session.once('reconnected', resolve))
    network.cut()
    await back
    const [live] = gate.context.sessions.all()
    await userAgent.unregister()
    expect(lines).toEqual([
      '["info","connected",null]',
      '["warn","resuming",{"reason":"connection_lost"}]',
      '["info","connected",null]',
      '["info","disconnected",{"reason":"disconnected"}]',
    ])
    for (const secret of [token, live?.ticket ?? 'no ticket']) expect(lines.join()).not.toContain(secret)
  })
})
