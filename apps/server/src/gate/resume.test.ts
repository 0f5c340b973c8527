import { RESUME_SECONDS } from '@stagedoor/protocol'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { MAX_MISSED_LENGTH } from '../session/session.ts'
import { API_KEY, mint, openTestGate, type RawClient } from './gate.fixture.ts'

describe('a session whose client is lost', () => {
  async function enter({ request }: Awaited<ReturnType<typeof openTestGate>>, id = 'alice') {
    const client = request()
    const answer = await client.register(mint({ apiRTC_UserAgent_Id: id }), id)
    if (answer.type !== 'registered') throw new Error('not admitted')
    await client.send({ type: 'join', ref: 2, conversation: 'a' })
    await client.next()
    return { client, ticket: answer.resume, sessionId: answer.sessionId }
  }

  /** Cuts a client off, and waits until the gate has noticed. */
  async function lose({ context }: Awaited<ReturnType<typeof openTestGate>>, { client }: { client: RawClient }) {
    const [session] = context.sessions.of(API_KEY, 'alice')
    client.socket.terminate()
    while (session?.isLost === false) await new Promise((again) => setImmediate(again))
  }

  async function resume({ request }: Awaited<ReturnType<typeof openTestGate>>, ticket: string) {
    const client = request()
    await client.send({ type: 'resume', ref: 7, ticket })
    return { client, answer: await client.next() }
  }

  it('goes on with its ticket, has missed nothing, and nobody noticed', async () => {
    const gate = await openTestGate()
    const [alice, bob] = [await enter(gate), await enter(gate, 'bob')]
    expect((await alice.client.next()).type).toBe('contact_joined')
    await lose(gate, alice)
    await bob.client.send({ type: 'send_message', ref: 3, conversation: 'a', text: 'are you there?' })
    expect(await bob.client.next()).toEqual({ type: 'done', ref: 3 })
    const back = await resume(gate, alice.ticket)
    expect(back.answer).toMatchObject({ type: 'resumed', ref: 7 })
    expect(await back.client.next()).toMatchObject({ type: 'message', text: 'are you there?' })
    await back.client.send({ type: 'send_message', ref: 8, conversation: 'a', text: 'yes' })
    expect(await bob.client.next()).toMatchObject({ type: 'message', from: alice.sessionId, text: 'yes' })
    expect(gate.context.sessions.size).toBe(2)
  })

  it('does not go on twice with one ticket, nor with one that was made up', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    alice.client.socket.terminate()
    const back = await resume(gate, alice.ticket)
    const refused = { type: 'refused', code: 'resume_refused' }
    expect((await resume(gate, alice.ticket)).answer).toMatchObject(refused)
    expect((await resume(gate, 'made up')).answer).toMatchObject(refused)
    const next = back.answer.type === 'resumed' ? back.answer.resume : ''
    expect((await resume(gate, next)).answer).toMatchObject({ type: 'resumed' })
    expect(await back.client.closed).toMatchObject({ code: 4409 })
  })

  it('ends after a while, and then the ticket is good for nothing', async () => {
    const gate = await openTestGate()
    const [alice, bob] = [await enter(gate), await enter(gate, 'bob')]
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    await lose(gate, alice)
    vi.advanceTimersByTime(RESUME_SECONDS * 1000 - 1)
    expect(gate.context.sessions.size).toBe(2)
    vi.advanceTimersByTime(1)
    expect(gate.context.sessions.size).toBe(1)
    vi.useRealTimers()
    expect(await bob.client.next()).toMatchObject({ type: 'contact_left', sessionId: alice.sessionId })
    expect((await resume(gate, alice.ticket)).answer).toMatchObject({ code: 'resume_refused' })
  })

  it('that was closed meanwhile is gone at once', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    const [session] = gate.context.sessions.of(API_KEY, 'alice')
    await lose(gate, alice)
    session?.close('session_closed')
    expect(gate.context.sessions.size).toBe(0)
    expect((await resume(gate, alice.ticket)).answer).toMatchObject({ code: 'resume_refused' })
  })

  it('that has missed more than is kept for it is gone', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    const [session] = gate.context.sessions.of(API_KEY, 'alice')
    await lose(gate, alice)
    session?.sendText('x'.repeat(MAX_MISSED_LENGTH))
    expect(gate.context.sessions.size).toBe(1)
    session?.sendText('x')
    expect(gate.context.sessions.size).toBe(0)
  })

  it('that its client closed of its own will does not wait for it', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    alice.client.socket.close(1000)
    await vi.waitFor(() => expect(gate.context.sessions.size).toBe(0))
    expect((await resume(gate, alice.ticket)).answer).toMatchObject({ code: 'resume_refused' })
  })

  it('does not go on from a page of another origin', async () => {
    const gate = await openTestGate()
    const alice = await enter(gate)
    alice.client.socket.terminate()
    expect(gate.context.registrar.resume(alice.ticket, 'https://else.example', {} as never)).toBeUndefined()
  })
})
