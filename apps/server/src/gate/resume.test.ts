import { RESUME_SECONDS, type ServerMessageOf } from '@stagedoor/protocol'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { MAX_MISSED_LENGTH } from '../session/outbox.ts'
import type { Session } from '../session/session.ts'
import { API_KEY, mint, openTestGate, type RawClient } from './gate.fixture.ts'

type TestGate = Awaited<ReturnType<typeof openTestGate>>

interface Client {
  readonly client: RawClient
  readonly ticket: string
  readonly sessionId: string
}

/** Registers, joins a conversation and has read the answers. */
async function enter({ request }: TestGate, id = 'alice', rest: object = {}): Promise<Client> {
  const client = request()
  const answer = await client.register(mint({ apiRTC_UserAgent_Id: id }), id, rest)
  if (answer.type !== 'registered') throw new Error('not admitted')
  await client.send({ type: 'join', ref: 2, conversation: 'a' })
  expect((await client.next()).type).toBe('joined')
  return { client, ticket: answer.resume, sessionId: answer.sessionId }
}

function sessionOf({ context }: TestGate, userId = 'alice'): Session {
  const [session] = context.sessions.of(API_KEY, userId)
  if (session === undefined) throw new Error('There is no session')
  return session
}

/** Cuts a client off, and waits until the gate has noticed. */
async function lose(gate: TestGate, { client }: Pick<Client, 'client'>): Promise<void> {
  const session = sessionOf(gate)
  client.socket.terminate()
  while (!session.isLost) await new Promise((again) => setImmediate(again))
}

async function resume({ request }: TestGate, ticket: string, received: number, rest: object = {}) {
  const client = request()
  await client.send({ type: 'resume', ref: 7, ticket, received, ...rest })
  return { client, answer: await client.next() }
}

const ticketOf = (answer: { readonly type: string }) => (answer as ServerMessageOf<'resumed'>).resume

describe('a session whose client is lost', () => {
  it('is resumed with its ticket, misses nothing, and nobody notices', async () => {
    const gate = await openTestGate()
    const [alice, bob] = [await enter(gate), await enter(gate, 'bob')]
    expect((await alice.client.next()).type).toBe('contact_joined')
    await lose(gate, alice)
    await bob.client.send({ type: 'send_message', ref: 3, conversation: 'a', text: 'are you there?' })
    expect(await bob.client.next()).toEqual({ type: 'done', ref: 3 })
    const back = await resume(gate, alice.ticket, alice.client.received)
    expect(back.answer).toMatchObject({ type: 'resumed', ref: 7, received: 1 })
    expect(await back.client.next()).toMatchObject({ type: 'message', text: 'are you there?' })
    await back.client.send({ type: 'send_message', ref: 8, conversation: 'a', text: 'yes' })
    expect(await bob.client.next()).toMatchObject({ type: 'message', from: alice.sessionId, text: 'yes' })
    expect(gate.context.sessions.size).toBe(2)
  })

  it('receives again what was sent into a connection that was dead, answers included', async () => {
    const gate = await openTestGate()
    const [alice, bob] = [await enter(gate), await enter(gate, 'bob')]
    expect((await alice.client.next()).type).toBe('contact_joined')
    // What arrives from now on is not counted, as if it had never arrived.
    const received = alice.client.received
    await alice.client.send({ type: 'send_message', ref: 3, conversation: 'a', text: 'hello' })
    expect(await bob.client.next()).toMatchObject({ type: 'message', text: 'hello' })
    await bob.client.send({ type: 'send_message', ref: 3, conversation: 'a', text: 'hi' })
    expect((await bob.client.next()).type).toBe('done')
    const back = await resume(gate, alice.ticket, received)
    // The gate has received `join` and `send_message`, so the client need not send either again.
    expect(back.answer).toMatchObject({ type: 'resumed', received: 2 })
    expect(await back.client.next()).toEqual({ type: 'done', ref: 3 })
    expect(await back.client.next()).toMatchObject({ type: 'message', text: 'hi' })
  })

  it('is not resumed where something that it missed is not kept any more', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    const session = sessionOf(gate)
    session.confirm(session.sent)
    await lose(gate, alice)
    expect((await resume(gate, alice.ticket, 0)).answer).toMatchObject({ type: 'refused', code: 'resume_refused' })
    expect((await resume(gate, alice.ticket, 1)).answer).toMatchObject({ type: 'resumed' })
  })

  it('ends in time also where an attempt to resume it was refused', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    const session = sessionOf(gate)
    session.confirm(session.sent)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    await lose(gate, alice)
    expect((await resume(gate, alice.ticket, 0)).answer).toMatchObject({ code: 'resume_refused' })
    vi.advanceTimersByTime(RESUME_SECONDS * 1000)
    expect(gate.context.sessions.size).toBe(0)
  })

  it('carries out nothing more that waits on the connection that was lost', async () => {
    let goOn = (): void => {}
    const gate = await openTestGate({}, (_apiKey, token) =>
      token === 'slow' ? new Promise<void>((done) => (goOn = done)) : undefined,
    )
    const alice = await enter(gate)
    const session = sessionOf(gate)
    await alice.client.send({ type: 'renew', ref: 3, token: 'slow' })
    await alice.client.send({ type: 'join', ref: 4, conversation: 'late' })
    await vi.waitFor(() => expect(session.received).toBe(2))
    const back = await resume(gate, alice.ticket, 1)
    expect(back.answer).toMatchObject({ type: 'resumed', received: 2 })
    goOn()
    // The answer to the renewal comes over the new connection; the join, which was not counted, is the client's to send again.
    expect(await back.client.next()).toMatchObject({ type: 'refused', ref: 3 })
    expect(gate.context.conversations.find(session, 'late').ok).toBe(false)
    await back.client.send({ type: 'join', ref: 4, conversation: 'late' })
    expect(await back.client.next()).toMatchObject({ type: 'joined', ref: 4 })
  })

  it('does not keep what a pong has confirmed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const gate = await openTestGate()
    const alice = await enter(gate)
    const confirmed = vi.spyOn(sessionOf(gate), 'confirm')
    vi.advanceTimersByTime(25_000)
    await vi.waitFor(() => expect(confirmed).toHaveBeenCalledWith(alice.client.received))
  })

  it('is resumed with the same ticket again, until its client has used the next one', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    await lose(gate, alice)
    // The answer to the first attempt is lost.
    const first = await resume(gate, alice.ticket, 1)
    const second = await resume(gate, alice.ticket, 1)
    expect(second.answer).toMatchObject({ type: 'resumed' })
    expect(await first.client.closed).toMatchObject({ code: 4409 })
    const refused = { type: 'refused', code: 'resume_refused' }
    expect((await resume(gate, ticketOf(first.answer), 1)).answer).toMatchObject(refused)
    await second.client.send({ type: 'ping', ref: 8 })
    expect(await second.client.next()).toEqual({ type: 'done', ref: 8 })
    expect((await resume(gate, alice.ticket, 2)).answer).toMatchObject(refused)
    expect((await resume(gate, ticketOf(second.answer), 2)).answer).toMatchObject({ type: 'resumed' })
    expect(gate.context.sessions.size).toBe(1)
  })

  it('is not resumed with a ticket that was made up, or by another client', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate, 'alice', { clientId: 'of the first tab' })
    const refused = { type: 'refused', code: 'resume_refused' }
    expect((await resume(gate, 'made up', 1)).answer).toMatchObject(refused)
    expect((await resume(gate, alice.ticket, 1)).answer).toMatchObject(refused)
    expect((await resume(gate, alice.ticket, 1, { clientId: 'of another tab' })).answer).toMatchObject(refused)
    const back = await resume(gate, alice.ticket, 1, { clientId: 'of the first tab' })
    expect(back.answer).toMatchObject({ type: 'resumed' })
    // Nor does another client make the newest ticket useless, with the one before it.
    expect((await resume(gate, alice.ticket, 1, { clientId: 'of another tab' })).answer).toMatchObject(refused)
    expect((await resume(gate, ticketOf(back.answer), 1, { clientId: 'of the first tab' })).answer).toMatchObject({
      type: 'resumed',
    })
  })

  it('ends after a while, and then its ticket does not work any more', async () => {
    const gate = await openTestGate()
    const [alice, bob] = [await enter(gate), await enter(gate, 'bob')]
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    await lose(gate, alice)
    vi.advanceTimersByTime(RESUME_SECONDS * 1000 - 1)
    expect(gate.context.sessions.size).toBe(2)
    vi.advanceTimersByTime(1)
    expect(gate.context.sessions.size).toBe(1)
    vi.useRealTimers()
    expect(await bob.client.next()).toMatchObject({ type: 'contact_left', sessionId: alice.sessionId })
    expect((await resume(gate, alice.ticket, 1)).answer).toMatchObject({ code: 'resume_refused' })
  })

  it('is gone at once when it is closed meanwhile', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    const session = sessionOf(gate)
    await lose(gate, alice)
    session.close('session_closed')
    expect(gate.context.sessions.size).toBe(0)
    expect((await resume(gate, alice.ticket, 1)).answer).toMatchObject({ code: 'resume_refused' })
  })

  it('is gone when it has missed more than is kept', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    const session = sessionOf(gate)
    await lose(gate, alice)
    session.sendText('x'.repeat(MAX_MISSED_LENGTH))
    expect(gate.context.sessions.size).toBe(1)
    session.sendText('x')
    expect(gate.context.sessions.size).toBe(0)
  })

  it('is not kept where its client closed it deliberately', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    alice.client.socket.close(1000)
    await vi.waitFor(() => expect(gate.context.sessions.size).toBe(0))
    expect((await resume(gate, alice.ticket, 1)).answer).toMatchObject({ code: 'resume_refused' })
  })

  it('is not resumed from a page of another origin', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    alice.client.socket.terminate()
    const request = { ticket: alice.ticket, received: 1 }
    expect(gate.context.registrar.resume(request, 'https://else.example', {} as never)).toBeUndefined()
  })
})

describe('a client that registers again', () => {
  it('replaces the session that it had, also where a user may have only one', async () => {
    const gate = await openTestGate({}, undefined, { sessionsPerUser: { most: 1, beyond: 'refuse' } })
    const bob = await enter(gate, 'bob')
    const alice = await enter(gate, 'alice', { clientId: 'of a tab' })
    expect((await bob.client.next()).type).toBe('contact_joined')
    const again = await enter(gate, 'alice', { clientId: 'of a tab' })
    expect(await alice.client.closed).toMatchObject({ code: 4405 })
    expect(await bob.client.next()).toMatchObject({ type: 'contact_left', sessionId: alice.sessionId })
    expect(await bob.client.next()).toMatchObject({ type: 'contact_joined', contact: { sessionId: again.sessionId } })
    const other = gate.request()
    expect(await other.register(mint(), 'alice', { clientId: 'of another tab' })).toMatchObject({
      code: 'session_limit',
    })
  })

  it('does not replace its session by a registration that was delayed on its way', async () => {
    const gate = await openTestGate()
    await enter(gate, 'alice', { clientId: 'of a tab', attempt: 2 })
    const delayed = gate.request()
    await delayed.send({
      type: 'register',
      ref: 1,
      apiKey: API_KEY,
      id: 'alice',
      token: mint(),
      clientId: 'of a tab',
      attempt: 1,
    })
    expect(await delayed.closed).toMatchObject({ code: 4405 })
    expect([...gate.context.sessions.all()].map(({ client }) => client?.attempt)).toEqual([2])
  })

  it('does not replace the session of another user with the same client id', async () => {
    const gate = await openTestGate()
    await enter(gate, 'alice', { clientId: 'the same' })
    await enter(gate, 'bob', { clientId: 'the same' })
    expect(gate.context.sessions.size).toBe(2)
  })
})
