import { on } from 'node:events'
import type { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApiKey, deleteApiKey } from '../../../api-key/keys.ts'
import { join } from '../../../conversation/join.ts'
import { leave } from '../../../conversation/leave.ts'
import { BATCH_SECONDS, MAX_CHANGES_PER_BATCH } from '../../../operations/live-feed.ts'
import { admissionOf, RecordingChannel } from '../../../session/session.fixture.ts'
import { StoreDownError } from '../../../store-down.ts'
import { API_PREFIX } from '../serve-v1.ts'
import { openTestApi, PASSWORD } from '../v1.fixture.ts'
import { HEARTBEAT_SECONDS } from './live-routes.ts'
import { MAX_STREAMS_PER_ACCOUNT, MAX_UNSENT_BYTES } from './live-streams.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Reads a stream block by block: an event with its data, a comment, or the end. */
function readerOf(readable: Readable) {
  let text = ''
  let isOver = false
  const chunks = on(readable, 'data', { close: ['end', 'close'] })
  async function nextBlock(): Promise<string> {
    for (;;) {
      const [block, rest] = splitOnce(text)
      if (rest !== undefined) {
        text = rest
        return block
      }
      if (isOver) return 'the end'
      const { value, done } = await chunks.next()
      if (done) isOver = true
      else text += String(value[0])
    }
  }
  return async () => {
    const block = await nextBlock()
    const [, event, data] = /^event: (\w+)\ndata: (.*)$/m.exec(block) ?? []
    return event === undefined ? block : [event, JSON.parse(data ?? '')]
  }
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('\n\n')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 2)]
}

async function openLive(role: 'viewer' | 'owner' = 'viewer', token = {}) {
  const api = await openTestApi()
  const { secret: as, account } = await api.enroll(role, { token })
  const changeContext = { store: api.store, seal: api.context.seal, now: api.context.clock.now }
  const { apiKey: key } = (await createApiKey(changeContext, { name: 'Shop' })).apiKey

  async function listen(headers: Record<string, string> = { authorization: `Bearer ${as}` }, apiKey = key) {
    const answer = await api.send({ method: 'GET', url: `${API_PREFIX}/keys/${apiKey}/live`, headers })
    return { ...answer, next: readerOf(answer.readable) }
  }
  const open = (userId: string) =>
    api.operations.sessions.open(admissionOf(userId, { apiKey: key }), new RecordingChannel())
  return { api, changeContext, key, account, as, listen, open }
}

const beat = () => vi.advanceTimersByTimeAsync(BATCH_SECONDS * 1_000)
const wait = () => vi.advanceTimersByTimeAsync(HEARTBEAT_SECONDS * 1_000)
const untilGone = (readable: Readable) => vi.waitUntil(() => readable.destroyed || readable.readableEnded)

describe('the live stream of an API key', () => {
  it('begins with the current numbers, and has the headers of an event stream', async () => {
    const { listen, open, api, key } = await openLive()
    join(api.operations.conversations, open('alice'), 'lobby')
    open('bob')
    const { status, headers, next } = await listen()
    expect([status, headers['content-type'], headers['cache-control'], headers['x-accel-buffering']]).toEqual([
      200,
      'text/event-stream',
      'no-store',
      'no',
    ])
    expect(await next()).toEqual(['hello', { sessions: 2, conversations: 1 }])
    expect((await listen(undefined, `not ${key}`)).status).toBe(404)
  })

  it('sends changed sessions and conversations with all their data, and the names of those that ended', async () => {
    const { listen, open, api } = await openLive()
    const { next } = await listen()
    await next()
    const alice = open('alice')
    join(api.operations.conversations, alice, 'lobby')
    join(api.operations.conversations, alice, 'attic')
    await beat()
    const shown = { sessionId: alice.id, userId: 'alice', conversations: ['lobby', 'attic'], address: null }
    expect(await next()).toEqual([
      'sessions',
      { opened: [expect.objectContaining(shown)], changed: [], closed: [], total: 1 },
    ])
    const lobby = { name: 'lobby', members: 1, streams: 0 }
    expect(await next()).toEqual([
      'conversations',
      { changed: [lobby, { ...lobby, name: 'attic' }], ended: [], total: 2 },
    ])
    leave(api.operations.conversations, alice, 'attic')
    await beat()
    expect(await next()).toMatchObject(['sessions', { changed: [{ conversations: ['lobby'] }] }])
    expect(await next()).toEqual(['conversations', { changed: [], ended: ['attic'], total: 1 }])
    alice.close('session_closed')
    await beat()
    const closed = [{ sessionId: alice.id, reason: 'session_closed' }]
    expect(await next()).toEqual(['sessions', { opened: [], changed: [], closed, total: 0 }])
  })

  it('sends refusals only to readers with permission', async () => {
    const { listen, api, account, key } = await openLive()
    const { secret } = await api.enroll('viewer', {
      token: { accountId: account.accountId, rights: ['sessions:read'] },
    })
    const [reader, other] = [await listen(), await listen({ authorization: `Bearer ${secret}` })]
    for (const { next } of [reader, other]) expect(await next()).toMatchObject(['hello', {}])
    api.operations.live.refused({ apiKey: key, refusalId: 'rf_1' })
    await beat()
    expect(await reader.next()).toEqual(['refusals', { count: 1, latestRefusalId: 'rf_1' }])
    await wait()
    expect(await other.next()).toBe(': still here')
  })

  it('sends only a request to reload the lists if too much has changed at once', async () => {
    const { listen, open } = await openLive()
    const { next } = await listen()
    await next()
    for (let at = 0; at <= MAX_CHANGES_PER_BATCH; at++) open(`user ${at}`)
    await beat()
    expect(await next()).toEqual(['resync', { sessions: MAX_CHANGES_PER_BATCH + 1, conversations: 0 }])
  })

  it('ends by the next heartbeat if its reader loses the role', async () => {
    const { listen, api, account } = await openLive()
    const { next } = await listen()
    await next()
    await wait()
    expect(await next()).toBe(': still here')
    await api.store.changeAccount(account.accountId, { role: null })
    await wait()
    expect(await next()).toBe(': still here')
    expect(await next()).toBe('the end')
  })

  it('is available to a logged-in browser, and ends when it logs out', async () => {
    const { listen, api, account } = await openLive()
    const login = await api.ask('POST', '/login', { body: { email: account.email, password: PASSWORD } })
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
    const { next, status } = await listen({ cookie })
    expect([status, await next()]).toMatchObject([200, ['hello', {}]])
    await api.ask('POST', '/logout', { headers: { cookie, 'sec-fetch-site': 'same-origin' } })
    await wait()
    await next()
    expect(await next()).toBe('the end')
  })

  it('ends with its API key, but not if the store is down', async () => {
    const { listen, api, changeContext, key } = await openLive()
    const { next } = await listen()
    await next()
    const down = vi.spyOn(api.store, 'findApiKey').mockRejectedValue(new StoreDownError('down', { cause: undefined }))
    await wait()
    expect(await next()).toBe(': still here')
    down.mockRestore()
    await wait()
    expect(await next()).toBe(': still here')
    await deleteApiKey(changeContext, key)
    await wait()
    await next()
    expect(await next()).toBe('the end')
  })

  it(`is one of at most ${MAX_STREAMS_PER_ACCOUNT} per account`, async () => {
    const { listen } = await openLive()
    const streams = []
    for (let at = 0; at < MAX_STREAMS_PER_ACCOUNT; at++) streams.push(await listen())
    expect(streams.map(({ status }) => status)).not.toContain(429)
    const beyond = await listen()
    expect([beyond.status, beyond.headers['content-type']]).toEqual([429, 'application/problem+json'])
    streams[0]?.hangUp()
    await vi.waitUntil(async () => {
      const { status, hangUp } = await listen()
      hangUp()
      return status === 200
    })
  })

  it(`is cut off if more than ${MAX_UNSENT_BYTES} bytes wait for a slow reader`, async () => {
    const { listen, open } = await openLive()
    const { readable } = await listen()
    readable.pause()
    let tells = 0
    for (; !readable.destroyed && tells < 100; tells++) {
      for (let at = 0; at < 100; at++) open(`${'x'.repeat(200)} ${at}`).close('session_closed')
      for (let at = 0; at < 100; at++) open(`${'x'.repeat(200)} ${at}`)
      await beat()
      await new Promise((done) => setImmediate(done))
    }
    expect(readable.destroyed).toBe(true)
    expect(tells).toBeGreaterThan(5)
    open('one more')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends immediately when the platform closes, without any subscription left', async () => {
    const { listen, api, open } = await openLive()
    const { next, readable } = await listen()
    await next()
    open('alice')
    await api.http.close()
    expect(await next()).toBe('the end')
    await untilGone(readable)
    expect(vi.getTimerCount()).toBe(0)
  })
})
