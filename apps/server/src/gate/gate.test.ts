import {
  MAX_FIRST_FRAME_BYTES,
  MAX_FRAME_BYTES,
  MAX_SIGNAL_FRAME_BYTES,
  REGISTRATION_TIMEOUT_MS,
} from '@stagedoor/protocol'
import { describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { MAX_UNSENT_BYTES } from './connection.ts'
import { API_KEY, mint, openTestGate } from './gate.fixture.ts'

/** Fills a message with a member that nobody reads, up to that many bytes. */
function padded(message: object, bytes: number): string {
  const rest = bytes - JSON.stringify({ ...message, pad: '' }).length
  return JSON.stringify({ ...message, pad: 'x'.repeat(rest) })
}

function register(token: string) {
  return { type: 'register', ref: 1, apiKey: API_KEY, id: 'alice', token }
}

/** A moderator and a member in one conversation, each of whom may ask to eject the member. */
async function openStage(changes: Parameters<typeof openTestGate>[0] = {}) {
  const gate = await openTestGate(changes)
  const [moderator, member] = [gate.request(), gate.request()]
  const grant = { name: 'a', publish: ['data' as const], subscribe: true }
  await moderator.register(mint({ conversations: [{ ...grant, role: 'moderator' }] }))
  await moderator.send({ type: 'join', ref: 2, conversation: 'a' })
  const options = { apiRTC_UserAgent_Id: 'bob', conversations: [{ ...grant, role: 'contributor' as const }] }
  const answer = await member.register(mint(options), 'bob')
  await member.send({ type: 'join', ref: 2, conversation: 'a' })
  for (const type of ['joined', 'contact_joined']) expect(await moderator.next()).toMatchObject({ type })
  expect(await member.next()).toMatchObject({ type: 'joined' })
  const sessionId = answer.type === 'registered' ? answer.sessionId : ''
  const eject = (rest: object, by = moderator) =>
    by.send({ type: 'eject', ref: 3, conversation: 'a', sessionId, ...rest })
  return { ...gate, moderator, member, eject }
}

describe('the gate', () => {
  it('opens a session for a good token', async () => {
    const { request, context } = await openTestGate()
    const client = request()
    expect(await client.register(mint({ ttl: 60 }))).toMatchObject({
      type: 'registered',
      ref: 1,
      id: 'alice',
      iceServers: [],
    })
    expect(context.sessions.size).toBe(1)
    client.socket.close()
    await vi.waitFor(() => expect(context.sessions.size).toBe(0))
  })

  it('tells a stranger no more than that the token is invalid, and the log everything but the token', async () => {
    const { request, lines, context } = await openTestGate()
    const token = mint({}, 'another secret of the test, not of anybody')
    const client = request()
    const answer = await client.register(token)
    expect(answer).toMatchObject({
      type: 'refused',
      ref: 1,
      code: 'token_invalid',
      docs: expect.stringMatching(/\/token_invalid$/),
    })
    expect(await client.closed).toEqual({ code: 4401, reason: 'refused' })
    const log = lines.join('')
    expect(log).toContain('signature_invalid')
    expect(log).toContain(answer.type === 'refused' ? answer.refusalId : 'no refusal')
    for (const part of token.split('.')) expect(log).not.toContain(part)
    expect(context.sessions.size).toBe(0)
  })

  it('tells the precise reason in development', async () => {
    const { request } = await openTestGate({ precise: true })
    expect(await request().register(mint({}, 'another secret of the test'.repeat(2)))).toMatchObject({
      code: 'signature_invalid',
    })
  })

  it('records each refused registration and renewal under the id in its answer', async () => {
    const recordRefusal = vi.fn()
    const { request } = await openTestGate({ recordRefusal })
    const client = request()
    await client.register(mint())
    await client.send({ type: 'renew', ref: 2, token: mint({ apiRTC_UserAgent_Id: 'bob' }) })
    const renewal = await client.next()
    const registration = await request().register('a.b.c', 'carol')
    expect(recordRefusal.mock.calls).toMatchObject([
      [{ refusalId: 'refusalId' in renewal && renewal.refusalId, userId: 'alice', code: 'user_id_mismatch' }],
      [{ refusalId: 'refusalId' in registration && registration.refusalId, userId: 'carol', code: 'token_malformed' }],
    ])
    expect(recordRefusal.mock.calls[0]?.[0]).toMatchObject({ apiKey: API_KEY, address: '127.0.0.1' })
    const late = request()
    await late.send({ type: 'resume', ref: 1, ticket: '0'.repeat(36), received: 0 })
    const resumption = await late.next()
    expect(recordRefusal.mock.calls[2]?.[0]).toMatchObject({
      refusalId: 'refusalId' in resumption && resumption.refusalId,
      code: 'resume_refused',
      userId: '',
    })
  })

  it('answers nothing else before there is a session', async () => {
    const { request, context } = await openTestGate()
    const client = request()
    await client.send({ type: 'join', ref: 1, conversation: 'a' })
    expect((await client.closed).code).toBe(4400)
    expect(context.conversations.find({ apiKey: API_KEY, id: '' } as never, 'a').ok).toBe(false)
  })

  it('hears nothing more after a refusal', async () => {
    const { request, context } = await openTestGate()
    const client = request()
    await client.send(register('a.b.c'))
    await client.send(register(mint()))
    expect((await client.closed).code).toBe(4401)
    expect(context.sessions.size).toBe(0)
  })

  it.each([
    ['text that is not JSON', '{"type":', 4400],
    ['JSON that is no object', 'null', 4400],
    ['an unknown type', '{"type":"hello","ref":1}', 4400],
    ['a user id of the wrong type', JSON.stringify({ ...register(''), id: 7 }), 4400],
    ['the wildcard as a user id', JSON.stringify({ ...register(''), id: 'ApiKey_Token' }), 4400],
    ['an empty user id', JSON.stringify({ ...register(''), id: '' }), 4400],
    ['user data that is too large', JSON.stringify({ ...register(''), userData: { pad: 'x'.repeat(4_096) } }), 4400],
    ['bytes', Buffer.from([1, 2, 3]), 1003],
  ])('closes a socket that begins with %s', async (_what, frame, code) => {
    const { request } = await openTestGate()
    const client = request()
    await client.send(frame)
    expect((await client.closed).code).toBe(code)
  })

  it(`takes ${MAX_FIRST_FRAME_BYTES} bytes as the first frame, and not one more`, async () => {
    const { request } = await openTestGate()
    const [good, bad] = [request(), request()]
    await good.send(padded(register(mint()), MAX_FIRST_FRAME_BYTES))
    expect(await good.next()).toMatchObject({ type: 'registered' })
    await bad.send(padded(register(mint()), MAX_FIRST_FRAME_BYTES + 1))
    expect((await bad.closed).code).toBe(1009)
  })

  it(`takes ${MAX_FRAME_BYTES} bytes from a session, and not one more`, async () => {
    const { request } = await openTestGate()
    const client = request()
    await client.register(mint())
    await client.send(padded({ type: 'join', ref: 2, conversation: 'a' }, MAX_FRAME_BYTES))
    expect(await client.next()).toMatchObject({ type: 'joined' })
    await client.send(padded({ type: 'leave', ref: 3, conversation: 'a' }, MAX_FRAME_BYTES + 1))
    expect(await client.next()).toMatchObject({ type: 'failed', ref: 3, code: 'message_too_large' })
    // The session and its membership are as they were.
    await client.send({ type: 'leave', ref: 4, conversation: 'a' })
    expect(await client.next()).toEqual({ type: 'done', ref: 4 })
  })

  it(`takes ${MAX_SIGNAL_FRAME_BYTES} bytes of a signal, and not one more`, async () => {
    const { request, context } = await openTestGate()
    const [client, other] = [request(), request()]
    await other.register(mint({ apiRTC_UserAgent_Id: 'bob' }), 'bob')
    for (const [ref, member] of [client, other].entries()) {
      if (member === client) await client.register(mint())
      await member.send({ type: 'join', ref, conversation: 'a' })
      expect((await member.next()).type).toBe('joined')
    }
    const [session] = context.sessions.of(API_KEY, 'bob')
    const signal = { candidate: { candidate: '' } }
    const frame = { type: 'signal', conversation: 'a', to: session?.id, signal }
    await client.send(padded(frame, MAX_SIGNAL_FRAME_BYTES))
    expect((await client.next()).type).toBe('contact_joined')
    expect((await other.next()).type).toBe('signal')
    await client.send(padded(frame, MAX_SIGNAL_FRAME_BYTES + 1))
    expect((await client.closed).code).toBe(1009)
  })

  it('closes a socket that does not register in time, and no other', async () => {
    const waiting: { seconds: number; run: () => void; calledOff: boolean }[] = []
    const clock = {
      now: systemClock.now,
      after(seconds: number, run: () => void) {
        const timer = { seconds, run, calledOff: false }
        waiting.push(timer)
        return () => {
          timer.calledOff = true
        }
      },
    }
    const { request } = await openTestGate({ clock })
    const [silent, registered] = [request(), request()]
    await registered.register(mint())
    await vi.waitFor(() => expect(waiting).toHaveLength(2))
    expect(waiting.map(({ seconds }) => seconds)).toEqual([
      REGISTRATION_TIMEOUT_MS / 1000,
      REGISTRATION_TIMEOUT_MS / 1000,
    ])
    for (const { run, calledOff } of waiting) if (!calledOff) run()
    expect(await silent.closed).toEqual({ code: 4408, reason: 'registration_timeout' })
    await registered.send({ type: 'join', ref: 2, conversation: 'a' })
    expect(await registered.next()).toMatchObject({ type: 'joined' })
  })

  it('names the fault of a request that it does not understand, and goes on', async () => {
    const { request } = await openTestGate()
    const client = request()
    await client.register(mint())
    await client.send({ type: 'join', ref: 2, conversation: 'a*' })
    expect(await client.next()).toMatchObject({ type: 'failed', ref: 2, code: 'message_malformed' })
    await client.send({ type: 'register', ref: 3, apiKey: API_KEY, id: 'bob', token: mint() })
    expect(await client.next()).toMatchObject({ type: 'failed', ref: 3, code: 'message_malformed' })
    await client.send({ type: 'join', ref: 4, conversation: 'a' })
    expect(await client.next()).toMatchObject({ type: 'joined', ref: 4 })
  })

  it('renews a session with a fresh token for the same user alone', async () => {
    const { request } = await openTestGate()
    const client = request()
    const first = await client.register(mint({ ttl: 60 }))
    await client.send({ type: 'renew', ref: 2, token: mint({ apiRTC_UserAgent_Id: 'bob' }) })
    expect(await client.next()).toMatchObject({ type: 'refused', ref: 2, code: 'user_id_mismatch' })
    await client.send({ type: 'renew', ref: 3, token: mint({ ttl: 600 }) })
    const renewed = await client.next()
    expect(renewed).toMatchObject({ type: 'renewed', ref: 3 })
    if (first.type !== 'registered' || renewed.type !== 'renewed') throw new Error('not renewed')
    expect(renewed.expiresAt - first.expiresAt).toBeGreaterThanOrEqual(540)
  })

  it('says who may not join, and keeps the session', async () => {
    const { request } = await openTestGate()
    const client = request()
    const conversations = [{ name: 'a', role: 'guest', publish: [], subscribe: true } as const]
    await client.register(mint({ conversations }))
    await client.send({ type: 'join', ref: 2, conversation: 'b' })
    expect(await client.next()).toMatchObject({ type: 'refused', ref: 2, code: 'conversation_not_granted' })
    await client.send({ type: 'join', ref: 3, conversation: 'a' })
    expect(await client.next()).toMatchObject({ type: 'joined', permissions: { role: 'guest', publish: [] } })
  })

  it('notes what a session was refused in a conversation, so that its id can be asked about', async () => {
    const recordRefusal = vi.fn()
    const { request } = await openTestGate({ recordRefusal })
    const client = request()
    await client.register(mint({ conversations: [] }))
    await client.send({ type: 'join', ref: 2, conversation: 'b' })
    const answer = await client.next()
    expect(recordRefusal).toHaveBeenCalledOnce()
    expect(recordRefusal.mock.calls[0]?.[0]).toMatchObject({
      refusalId: 'refusalId' in answer && answer.refusalId,
      apiKey: API_KEY,
      userId: 'alice',
      code: 'conversation_not_granted',
      checks: [{ check: 'join', outcome: 'failed', message: expect.stringContaining('"b"') }],
    })
    await client.send({ type: 'leave', ref: 3, conversation: 'b' })
    expect(await client.next()).toMatchObject({ type: 'failed' })
    expect(recordRefusal).toHaveBeenCalledOnce()
  })

  it('answers a moderator who keeps a member out when the store has answered, and other requests meanwhile', async () => {
    let answer: (outcome: 'unavailable') => void = () => {}
    const closeAndRevoke = vi.fn(() => new Promise<'unavailable'>((settle) => (answer = settle)))
    const recordRefusal = vi.fn()
    const { moderator, eject } = await openStage({ closeAndRevoke, recordRefusal })
    await eject({ ban: 'tokens' })
    await moderator.send({ type: 'send_message', ref: 4, conversation: 'a', text: 'one moment' })
    expect(await moderator.next()).toEqual({ type: 'done', ref: 4 })
    expect(closeAndRevoke).toHaveBeenCalledExactlyOnceWith(expect.anything(), {
      reason: 'ejected',
      ban: 'tokens',
      revokedBy: { kind: 'moderator', name: 'alice' },
    })
    answer('unavailable')
    const refused = await moderator.next()
    expect(refused).toMatchObject({ type: 'refused', ref: 3, code: 'unavailable' })
    expect(recordRefusal.mock.calls).toMatchObject([
      [{ refusalId: 'refusalId' in refused && refused.refusalId, code: 'unavailable', checks: [{ check: 'eject' }] }],
    ])
  })

  it('closes a member that a moderator keeps out, and takes out one that it does not', async () => {
    const { moderator, member, eject, context } = await openStage()
    await eject({})
    expect(await moderator.next()).toMatchObject({ type: 'contact_left' })
    expect(await moderator.next()).toEqual({ type: 'done', ref: 3 })
    expect(await member.next()).toEqual({ type: 'removed', conversation: 'a', code: 'ejected' })
    await member.send({ type: 'join', ref: 4, conversation: 'a' })
    expect(await member.next()).toMatchObject({ type: 'joined', ref: 4 })
    await eject({ ban: 'tokens' })
    expect(await member.closed).toEqual({ code: 4406, reason: 'ejected' })
    for (const type of ['contact_joined', 'contact_left', 'done'])
      expect(await moderator.next()).toMatchObject({ type })
    expect(context.sessions.size).toBe(1)
  })

  it('lets nobody else eject', async () => {
    const { moderator, member, eject } = await openStage()
    await eject({ sessionId: 'nobody' })
    expect(await moderator.next()).toMatchObject({ type: 'failed', ref: 3, code: 'contact_unknown' })
    await eject({ sessionId: 'nobody', ban: 'tokens' }, member)
    expect(await member.next()).toMatchObject({ type: 'refused', ref: 3, code: 'permission_not_granted' })
    await eject({ conversation: 'b' })
    expect(await moderator.next()).toMatchObject({ type: 'failed', ref: 3, code: 'conversation_not_joined' })
  })

  it('closes the connection of a moderator where there is a fault in keeping out', async () => {
    const { moderator, member, eject, lines } = await openStage({
      closeAndRevoke: () => Promise.reject(new Error('a fault')),
    })
    await eject({ ban: 'tokens' })
    expect(await moderator.closed).toMatchObject({ code: 1011 })
    expect(lines.join('')).toContain('a fault')
    expect(member.socket.readyState).toBe(member.socket.OPEN)
  })

  it('is there with and without the base path, and not at a path that only looks like it', async () => {
    const { request } = await openTestGate({ basePath: '/rtc' })
    for (const path of ['/rtc/v1/gate', '/v1/gate']) {
      expect(await request(path).register(mint())).toMatchObject({ type: 'registered' })
    }
    for (const path of ['/rtcx/v1/gate', '/rtc/rtc/v1/gate', '//rtc/v1/gate', '/rtc//v1/gate', '/rtc']) {
      expect([path, (await request(path).closed).code]).toEqual([path, 1006])
    }
  })

  it('is not there at another path or without its subprotocol', async () => {
    const { request } = await openTestGate()
    expect((await request('/v1/other').closed).code).toBe(1006)
    expect((await request('/v1/gate', 'other').closed).code).toBe(1006)
  })

  it('drops a client that does not read what it is sent', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
    const { request, context } = await openTestGate()
    const [slow, talker] = [request(), request()]
    await slow.register(mint())
    await talker.register(mint({ apiRTC_UserAgent_Id: 'bob' }), 'bob')
    for (const client of [slow, talker]) await client.send({ type: 'join', ref: 2, conversation: 'a' })
    await talker.next()
    slow.socket.pause()
    const data = 'x'.repeat(60_000)
    // What the two kernels hold back for a reader comes on top of what the gate holds.
    for (let ref = 3; context.sessions.size === 2 && ref * data.length < MAX_UNSENT_BYTES + 64 * 1024 * 1024; ref++) {
      // So that the budget of the talker is never used up.
      vi.setSystemTime(Date.now() + 1_000)
      await talker.send({ type: 'send_data', ref, conversation: 'a', data })
      while ((await talker.next()).type !== 'done');
    }
    vi.useRealTimers()
    await vi.waitFor(() => expect(context.sessions.size).toBe(1), { timeout: 5_000 })
    slow.socket.terminate()
  })

  it('closes everybody, who may come back, when it is closed', async () => {
    const { request, gate } = await openTestGate()
    const client = request()
    await client.register(mint())
    gate.close()
    expect(await client.closed).toEqual({ code: 1001, reason: 'going_away' })
  })
})
