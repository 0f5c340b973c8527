import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { becomeOwner } from '../fixtures/owner.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'

const shop = Shop.forTests()
let authorization: string
let stops: (() => void)[] = []

beforeAll(async () => {
  const ask = await becomeOwner(shop.platform, shop.data)
  const { body } = await ask('POST', '/me/tokens', { name: 'watcher', rights: ['sessions:read', 'refusals:read'] })
  authorization = `Bearer ${body.secret}`
})
afterAll(() => {
  for (const stop of stops.splice(0)) stop()
})

/** Listens to what happens, as an owner. Answers all that was told so far, by the name of the event. */
async function listen() {
  const stop = new AbortController()
  stops = [...stops, () => stop.abort()]
  const { status, body } = await fetch(`${shop.platform.url}/api/v1/keys/${shop.key.apiKey}/live`, {
    headers: { authorization },
    signal: stop.signal,
  })
  let text = ''
  let isOver = false
  const reading = (async () => {
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk
  })()
  void reading
    .catch(() => {})
    .then(() => {
      isOver = true
    })
  return {
    status,
    told: (name: string) =>
      [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].flatMap(([, event, data]) =>
        event === name ? [JSON.parse(data ?? '')] : [],
      ),
    isOver: () => isOver,
  }
}

it('an owner sees what runs, and nothing of where it lies', async () => {
  const answer = await fetch(`${shop.platform.url}/api/v1/platform`, { headers: { authorization } })
  const text = await answer.text()
  expect(JSON.parse(text)).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    nodeVersion: process.versions.node,
    startedAt: expect.any(Number),
    publicUrl: shop.platform.url,
    store: { kind: 'sqlite', health: 'ok', schemaVersion: expect.stringMatching(/^\d{4}-/) },
    sessions: 0,
    sockets: 0,
    conversations: 0,
    media: { kind: 'peer_to_peer', stun: false, turn: false },
    webhooksWaiting: 0,
    webhooksRetrying: 0,
    demo: false,
  })
  expect(text).not.toContain(shop.data)
})

it('an owner hears of a session, its conversation, its end and a refusal within a second, and of the end of the platform', async () => {
  const { status, told, isOver } = await listen()
  expect(status).toBe(200)
  await expect.poll(() => told('hello')).toEqual([{ sessions: 0, conversations: 0 }])

  const { client, answer } = await register(shop.platform.url, shop.key.apiKey, 'alice', shop.mint('alice'))
  if (answer.type !== 'registered') throw new Error('alice is not let in')
  const { sessionId } = answer
  await expect.poll(() => told('sessions')).toMatchObject([{ opened: [{ sessionId, userId: 'alice' }], total: 1 }])
  expect(told('sessions')[0].opened[0]).toMatchObject({ address: '127.0.0.1', reconnectUntil: null })

  client.send({ type: 'join', ref: 2, conversation: 'lobby' })
  const lobby = { name: 'lobby', members: 1, streams: 0 }
  await expect.poll(() => told('conversations')).toEqual([{ changed: [lobby], ended: [], total: 1 }])

  expect(await shop.outcomeOf('bob', shop.mint('carol'))).toBe('user_id_mismatch')
  await expect.poll(() => told('refusals')).toMatchObject([{ count: 1 }])

  client.socket.close(1000)
  await expect.poll(() => told('sessions').at(-1)).toMatchObject({ closed: [{ sessionId, reason: 'left' }], total: 0 })
  expect(told('conversations').at(-1)).toEqual({ changed: [], ended: ['lobby'], total: 0 })

  expect(isOver()).toBe(false)
  const stopped = Date.now()
  await shop.platform.stop()
  expect(Date.now() - stopped).toBeLessThan(2_000)
  await expect.poll(isOver).toBe(true)
})
