import { describe, expect, it, vi } from 'vitest'
import { admissionOf, RecordingChannel } from '../../../session/session.fixture.ts'
import { StoreDownError } from '../../../store-down.ts'
import { openTestApi } from '../v1.fixture.ts'

async function open() {
  const api = await openTestApi()
  const { secret: as } = await api.enroll('owner')
  const { sessions, conversations } = api.operations
  const channel = new RecordingChannel()
  const session = sessions.open(admissionOf('alice'), channel)
  conversations.enter(conversations.findOrOpen('shop', 'lobby'), {
    session,
    permissions: session.admission.permissions,
  })
  channel.take()
  const send = (text: string, idempotencyKey?: string) =>
    api.ask('POST', '/keys/shop/conversations/lobby/messages', {
      as,
      body: { text },
      ...(idempotencyKey !== undefined && { headers: { 'idempotency-key': idempotencyKey } }),
    })
  return { ...api, session, channel, send }
}

describe('a message to a conversation', () => {
  it('is sent once where the request is repeated under its key, and answered as before', async () => {
    const { send, channel, session, store } = await open()
    const first = await send('Hello', 'one')
    expect(first).toMatchObject({ status: 200, body: { heardBy: 1 } })
    expect((await send('Hello', 'one')).text).toBe(first.text)
    expect(channel.take()).toEqual(['announcement'])
    expect(await store.listAudit({ action: 'conversation.announced', limit: 9 })).toHaveLength(1)
    // Also when nobody is there any more.
    session.close('session_closed')
    expect(await send('Hello', 'one')).toMatchObject({ status: 200, body: { heardBy: 1 } })
  })

  it('is sent once where the same request arrives several times at once', async () => {
    const { send, channel } = await open()
    const answers = await Promise.all([send('Hello', 'one'), send('Hello', 'one'), send('Hello', 'one')])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(channel.take()).toEqual(['announcement'])
  })

  it('is refused under a key that another message has had', async () => {
    const { send, channel } = await open()
    await send('Hello', 'one')
    expect(await send('Goodbye', 'one')).toMatchObject({ status: 409 })
    expect(channel.take()).toEqual(['announcement'])
  })

  it('is sent each time under another key, or without one', async () => {
    const { send, channel } = await open()
    for (const key of ['one', 'two', undefined, undefined]) expect((await send('Hello', key)).status).toBe(200)
    expect(channel.take()).toHaveLength(4)
  })

  it('is not sent if it cannot be written down, and a repetition sends it then', async () => {
    const { send, channel, store } = await open()
    const failing = vi.spyOn(store, 'transaction').mockRejectedValueOnce(new StoreDownError('gone'))
    expect((await send('Hello', 'one')).status).toBe(503)
    expect(channel.take()).toEqual([])
    failing.mockRestore()
    expect((await send('Hello', 'one')).status).toBe(200)
    expect(channel.take()).toEqual(['announcement'])
  })

  it('to a conversation that does not exist is refused', async () => {
    const { send, session } = await open()
    session.close('session_closed')
    expect((await send('Hello', 'one')).status).toBe(404)
  })
})
