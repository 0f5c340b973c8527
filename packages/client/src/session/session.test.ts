import { CLOSE_CODES, GATE_PATH, SUBPROTOCOL } from '@stagedoor/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ConnectionError, FailedError, RefusedError } from '../errors.ts'
import { UserAgent } from '../user-agent.ts'
import {
  type Answer,
  type Message,
  PERMISSIONS,
  refused,
  registered,
  ScriptedGate,
  SERVER_TIME,
} from './scripted-gate.fixture.ts'

const TOKEN = 'header.a-token-that-nobody-may-see.signature'
let gate: ScriptedGate
const userAgent = new UserAgent({ uri: 'apiKey:key_1' })
const register = (options: { token?: string; getToken?: () => Promise<string> | string } = { token: TOKEN }) =>
  userAgent.register({ cloudUrl: gate.cloudUrl, id: 'alice', ...options })

beforeEach(async () => {
  gate = new ScriptedGate()
  await gate.open()
  // No wait before a reconnect or renewal.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})

afterEach(async () => {
  await userAgent.unregister()
  gate.close()
  vi.restoreAllMocks()
})

it('the token travels in the first message, and nowhere else', async () => {
  const session = await register()
  expect(session.getId()).toBe('session 1')
  expect(gate.protocol).toBe(SUBPROTOCOL)
  expect(gate.addresses).toEqual([GATE_PATH])
  expect(gate.received).toEqual([
    {
      type: 'register',
      ref: 1,
      apiKey: 'key_1',
      id: 'alice',
      token: TOKEN,
      attempt: 1,
      clientId: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  ])
})

it('each answer goes to its own request, in whatever order they come', async () => {
  const session = await register()
  const held: Message[] = []
  gate.answer = (message, socket) => {
    held.push(message)
    if (held.length < 2) return {}
    for (const { ref, conversation } of held.reverse()) {
      const answer =
        conversation === 'stage'
          ? { type: 'joined', conversation, permissions: PERMISSIONS, contacts: [], streams: [] }
          : { type: 'failed', code: 'limit_reached', message: 'In words.' }
      socket.send(JSON.stringify({ ref, ...answer }))
    }
    return {}
  }
  const [stage, pit] = [session.getConversation('stage'), session.getConversation('pit')]
  const [joined, refusedJoin] = await Promise.allSettled([stage.join(), pit.join()])
  expect(joined.status).toBe('fulfilled')
  expect(stage.getRole()).toBe('contributor')
  expect(refusedJoin).toMatchObject({ status: 'rejected', reason: { code: 'limit_reached' } })
  expect((refusedJoin as PromiseRejectedResult).reason).toBeInstanceOf(FailedError)
  await expect(pit.sendMessage('hello')).rejects.toMatchObject({ code: 'conversation_not_joined' })
})

it('a refusal is an error that says why, under what id, and where to read on', async () => {
  gate.answer = (_message, socket) => {
    socket.send(JSON.stringify({ ref: 1, ...refused('token_expired') }))
    socket.close(CLOSE_CODES.refused.code)
    return {}
  }
  const error = await register().catch((error: unknown) => error)
  expect(error).toBeInstanceOf(RefusedError)
  expect(error).toMatchObject({
    code: 'token_expired',
    message: 'In words.',
    refusalId: 'rf_1',
    docs: 'https://docs.example.com/token_expired',
  })
  expect(userAgent.isRegistered()).toBe(false)
})

it('no error holds the token', async () => {
  const errors: unknown[] = []
  const script: Answer[] = [
    () => refused('token_invalid'),
    (_message, socket) => {
      socket.close(CLOSE_CODES.protocol_error.code)
      return {}
    },
    (_message, socket) => {
      socket.terminate()
      return {}
    },
  ]
  for (const answer of script) {
    gate.answer = answer
    errors.push(await register().catch((error: unknown) => error))
  }
  gate.close()
  errors.push(await register().catch((error: unknown) => error))
  expect(errors.map((error) => (error as Error).name)).toEqual([
    'RefusedError',
    'ConnectionError',
    'ConnectionError',
    'ConnectionError',
  ])
  for (const error of errors as Error[]) {
    expect(`${error.stack}${JSON.stringify(error, Object.getOwnPropertyNames(error))}`).not.toContain('nobody-may-see')
  }
})

it('a token that is about to end is renewed with one request to the application, however often the gate warns', async () => {
  let count = 0
  const getToken = vi.fn(async () => `token ${++count}`)
  const session = await register({ getToken })
  gate.tell({ type: 'token_expiring', expiresAt: SERVER_TIME + 600, serverTime: SERVER_TIME + 540 })
  gate.tell({ type: 'token_expiring', expiresAt: SERVER_TIME + 600, serverTime: SERVER_TIME + 540 })
  await vi.waitFor(() => expect(session.getToken()).toBe('token 2'))
  expect(gate.of('renew')).toMatchObject([{ token: 'token 2' }])
  expect(getToken).toHaveBeenCalledTimes(2)
})

it('an application that gives no token is asked again', async () => {
  const getToken = vi.fn(() => 'token 3').mockReturnValueOnce('token 1')
  getToken.mockImplementationOnce(() => {
    throw new Error('offline')
  })
  const session = await register({ getToken })
  const errors: string[] = []
  session.on('error', (error) => errors.push(error.message))
  gate.tell({ type: 'token_expiring', expiresAt: SERVER_TIME + 600, serverTime: SERVER_TIME + 540 })
  await vi.waitFor(() => expect(session.getToken()).toBe('token 3'))
  expect(errors).toEqual(['offline'])
})

it('without anyone to ask, the application is told, and may renew by itself', async () => {
  const session = await register()
  const expiring = new Promise((resolve) => session.on('tokenExpiring', resolve))
  gate.tell({ type: 'token_expiring', expiresAt: SERVER_TIME + 600, serverTime: SERVER_TIME + 540 })
  expect(await expiring).toEqual({ expiresAt: SERVER_TIME + 600 })
  await session.renew('another')
  expect(gate.of('renew')).toMatchObject([{ token: 'another' }])
  expect(session.getToken()).toBe('another')
})

it('a session that is lost comes back with a fresh token, and into its conversations', async () => {
  let count = 0
  const session = await register({ getToken: () => `token ${++count}` })
  await session.getConversation('stage').join()
  const disconnected = new Promise((resolve) => session.on('disconnected', resolve))
  const reconnected = new Promise<void>((resolve) => session.on('reconnected', resolve))
  gate.sockets[0]?.terminate()
  expect(await disconnected).toEqual({ reason: 'connection_lost', willReconnect: true })
  expect(session.getConversation('stage').isJoined()).toBe(false)
  await reconnected
  expect(session.getId()).toBe('session 2')
  expect(session.getConversation('stage').isJoined()).toBe(true)
  expect(gate.of('register').map(({ token }) => token)).toEqual(['token 1', 'token 2'])
  expect(gate.of('join')).toHaveLength(2)
})

it('it tries again where the gate has no time, and gives up where the gate refuses', async () => {
  const session = await register()
  const codes = ['unavailable', 'rate_limited', 'token_revoked']
  gate.answer = ({ type }) => (type === 'register' ? refused(codes.shift() ?? 'unavailable') : undefined)
  const ended = new Promise((resolve) => session.on('disconnected', (why) => !why.willReconnect && resolve(why)))
  gate.sockets[0]?.terminate()
  expect(await ended).toMatchObject({ reason: 'refused', willReconnect: false, error: { code: 'token_revoked' } })
  expect(gate.of('register')).toHaveLength(4)
  expect(userAgent.isRegistered()).toBe(false)
})

it('it reconnects by itself after too many attempts, and not before the gate allows it', async () => {
  const session = await register()
  const attempts: number[] = []
  gate.answer = ({ type }) => {
    if (type !== 'register') return undefined
    attempts.push(performance.now())
    return attempts.length === 1 ? { ...refused('rate_limited'), retryAfterSeconds: 1 } : undefined
  }
  const reconnected = new Promise<void>((resolve) => session.on('reconnected', () => resolve()))
  gate.sockets[0]?.terminate()
  await reconnected
  const [first = 0, second = 0] = attempts
  expect(attempts).toHaveLength(2)
  expect(second - first).toBeGreaterThanOrEqual(990)
  expect(userAgent.isRegistered()).toBe(true)
})

it('a first registration beyond the limit is an error that says when to try again', async () => {
  gate.answer = () => ({ ...refused('rate_limited'), retryAfterSeconds: 7 })
  expect(await register().catch((error: unknown) => error)).toMatchObject({
    code: 'rate_limited',
    retryAfterSeconds: 7,
  })
})

it('a renewal too many is tried again after as long as the gate said', async () => {
  let count = 0
  const session = await register({ getToken: () => `token ${++count}` })
  const errors: Error[] = []
  session.on('error', (error) => errors.push(error))
  const renewals: number[] = []
  gate.answer = ({ type }) => {
    if (type !== 'renew') return undefined
    renewals.push(performance.now())
    return renewals.length === 1 ? { ...refused('rate_limited'), retryAfterSeconds: 1 } : undefined
  }
  gate.tell({ type: 'token_expiring', expiresAt: SERVER_TIME + 600, serverTime: SERVER_TIME + 540 })
  await vi.waitFor(() => expect(renewals).toHaveLength(2), 5_000)
  const [first = 0, second = 0] = renewals
  expect(second - first).toBeGreaterThanOrEqual(990)
  await vi.waitFor(() => expect(session.getToken()).toBe('token 3'))
  expect(errors).toMatchObject([{ code: 'rate_limited' }])
})

it('a token that has ended is not tried again', async () => {
  gate.answer = ({ type }) => (type === 'register' ? registered('session 1', 0) : undefined)
  const session = await register()
  const ended = new Promise((resolve) => session.on('disconnected', (why) => !why.willReconnect && resolve(why)))
  gate.sockets[0]?.close(CLOSE_CODES.token_expired.code)
  expect(await ended).toEqual({ reason: 'token_expired', willReconnect: false })
  expect(gate.of('register')).toHaveLength(1)
})

it('a session that was closed by its owner does not come back', async () => {
  const session = await register()
  await session.getConversation('stage').join()
  const ended = new Promise((resolve) => session.on('disconnected', resolve))
  gate.sockets[0]?.close(CLOSE_CODES.session_closed.code)
  expect(await ended).toEqual({ reason: 'session_closed', willReconnect: false })
  expect(session.getActiveConversations()).toEqual([])
  await expect(session.getConversation('stage').sendMessage('hello')).rejects.toBeInstanceOf(ConnectionError)
})

it('a moderator ejects a contact with every session that it has, one that has left meanwhile too', async () => {
  const stage = (await register()).getConversation('stage')
  const contacts = ['s1', 's2', 's3'].map((sessionId, at) => ({
    sessionId,
    id: at < 2 ? 'bob' : 'carol',
    role: 'guest',
    userData: {},
  }))
  gate.answer = ({ type, sessionId }) => {
    if (type === 'join') {
      return { type: 'joined', conversation: 'stage', permissions: PERMISSIONS, contacts, streams: [] }
    }
    return sessionId === 's2' ? { type: 'failed', code: 'contact_unknown', message: 'In words.' } : undefined
  }
  await stage.join()
  const [bob, carol] = stage.getContacts().values()
  if (bob === undefined || carol === undefined) throw new Error('nobody is there')
  await stage.eject(bob, { ban: { userForSeconds: 60 } })
  await stage.eject(carol)
  expect(gate.of('eject').map(({ sessionId, ban }) => [sessionId, ban])).toEqual([
    ['s1', { userForSeconds: 60 }],
    ['s2', { userForSeconds: 60 }],
    ['s3', undefined],
  ])
  gate.answer = () => refused('unavailable')
  await expect(stage.eject(carol, { ban: 'tokens' })).rejects.toMatchObject({ code: 'unavailable' })
  gate.tell({ type: 'contact_left', conversation: 'stage', sessionId: 's3' })
  await vi.waitFor(() => expect(stage.getContacts().size).toBe(1))
  await expect(stage.eject(carol)).rejects.toMatchObject({ name: 'FailedError', code: 'contact_unknown' })
})

it('one who is ejected is told so, and comes back into a conversation alone where the session is open', async () => {
  const session = await register()
  const stage = session.getConversation('stage')
  const heard: unknown[] = []
  stage.on('left', (code) => heard.push(code))
  session.on('disconnected', (disconnection) => heard.push(disconnection))
  await stage.join()
  gate.tell({ type: 'removed', conversation: 'stage', code: 'ejected' })
  await vi.waitFor(() => expect(heard).toEqual(['ejected']))
  await stage.join()
  gate.sockets[0]?.close(CLOSE_CODES.ejected.code)
  await vi.waitFor(() => expect(heard.slice(1)).toEqual(['ejected', { reason: 'ejected', willReconnect: false }]))
})

it('nothing that the gate sends right after an answer is missed', async () => {
  const session = await register()
  const bob = { sessionId: 'session 9', id: 'bob', role: 'guest', userData: { username: 'Bob' } }
  const stage = session.getConversation('stage')
  const heard: string[] = []
  stage.on('contactJoined', (contact) => heard.push(`${contact.getUsername()} joined`))
  stage.on('message', ({ sender, content }) => heard.push(`${sender.getId()}: ${content}`))
  stage.on('contactLeft', (contact) => heard.push(`${contact.getUsername()} left`))
  gate.answer = ({ type, ref, conversation }, socket) => {
    if (type !== 'join') return undefined
    for (const message of [
      { type: 'joined', ref, conversation, permissions: PERMISSIONS, contacts: [], streams: [] },
      { type: 'contact_joined', conversation, contact: bob },
      { type: 'message', conversation, from: bob.sessionId, text: 'hello', sentAt: SERVER_TIME },
      { type: 'contact_left', conversation, sessionId: bob.sessionId },
      { type: 'message', conversation, from: 'a stranger', text: 'hello', sentAt: SERVER_TIME },
    ]) {
      socket.send(JSON.stringify(message))
    }
    return {}
  }
  await stage.join()
  await vi.waitFor(() => expect(heard).toEqual(['Bob joined', 'bob: hello', 'Bob left']))
})

it('a lost connection goes on with the session where the gate still has it, and each ticket is sent once', async () => {
  const session = await register()
  const conversation = session.getOrCreateConversation('a')
  await conversation.join()
  let resumed = 0
  gate.answer = ({ type }) =>
    type === 'resume'
      ? { type: 'resumed', expiresAt: SERVER_TIME + 600, serverTime: SERVER_TIME, resume: `ticket ${++resumed}` }
      : undefined
  for (let lost = 1; lost <= 2; lost++) {
    const back = new Promise<void>((reconnected) => session.on('reconnected', () => reconnected()))
    gate.sockets.at(-1)?.terminate()
    await back
  }
  expect(session.getId()).toBe('session 1')
  expect(conversation.isJoined()).toBe(true)
  expect(gate.of('resume').map(({ ticket }) => ticket)).toEqual(['ticket of session 1', 'ticket 1'])
  expect([gate.of('register').length, gate.of('join').length]).toEqual([1, 1])
})

it('what the gate tells right after the session went on is heard', async () => {
  const session = await register()
  const conversation = session.getOrCreateConversation('a')
  gate.answer = ({ type }) =>
    type === 'join'
      ? {
          type: 'joined',
          conversation: 'a',
          permissions: PERMISSIONS,
          contacts: [{ sessionId: 's2', id: 'bob', role: 'guest', userData: {} }],
          streams: [],
        }
      : undefined
  await conversation.join()
  gate.answer = ({ type, ref }, socket) => {
    if (type !== 'resume') return undefined
    const resumed = {
      type: 'resumed',
      ref,
      expiresAt: SERVER_TIME + 600,
      serverTime: SERVER_TIME,
      resume: 'next',
      received: 1,
    }
    socket.send(JSON.stringify(resumed))
    socket.send(JSON.stringify({ type: 'message', conversation: 'a', from: 's2', text: 'missed', sentAt: SERVER_TIME }))
    return {}
  }
  const heard = new Promise((hear) => conversation.on('message', ({ content }) => hear(content)))
  gate.sockets.at(-1)?.terminate()
  expect(await heard).toBe('missed')
})

it('a session that was resumed shortly before the end of its token asks for a fresh one', async () => {
  let count = 0
  const getToken = vi.fn(() => `token ${++count}`)
  await register({ getToken })
  gate.answer = ({ type }) =>
    type === 'resume'
      ? { type: 'resumed', expiresAt: SERVER_TIME + 59, serverTime: SERVER_TIME, resume: 'next' }
      : undefined
  gate.sockets.at(-1)?.terminate()
  await vi.waitFor(() => expect(gate.of('renew')).toHaveLength(1))
  expect(getToken).toHaveBeenCalledTimes(2)
})
