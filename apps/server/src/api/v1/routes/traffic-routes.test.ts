import { describe, expect, it } from 'vitest'
import { createApiKey } from '../../../api-key/keys.ts'
import { createEndpoint } from '../../../events/webhook/change-endpoints.ts'
import { generateTestEvent } from '../../../events/webhook/generate-test-event.ts'
import { MAX_KEYS_LOOKED_AT, MIN_SPIKE } from '../../../operations/needs-attention.ts'
import { admissionOf, RecordingChannel } from '../../../session/session.fixture.ts'
import { ALL_API_KEYS, HOUR_SECONDS, type HourCounts } from '../../../traffic/traffic-store.ts'
import type { ApiContext } from '../http/api-context.ts'
import { openTestApi } from '../v1.fixture.ts'
import { MAX_STEPS } from './refusal-routes.ts'

const NOW = 10_000 * HOUR_SECONDS + 60
const THIS_HOUR = 10_000 * HOUR_SECONDS
const token = { lifeSeconds: 10 * NOW }

async function open(changes: Partial<ApiContext> = {}) {
  const api = await openTestApi({ clock: { now: () => NOW, after: () => () => {} }, ...changes })
  const make = async (name: string) =>
    (await createApiKey({ store: api.store, seal: api.context.seal, now: () => NOW }, { name })).apiKey.apiKey
  const [shop, other] = [await make('Shop'), await make('Other')]
  const hourOf = (apiKey: string, rest: Partial<HourCounts> = {}): HourCounts => ({
    apiKey,
    hour: THIS_HOUR,
    admitted: 0,
    peakSessions: 0,
    refusals: {},
    ...rest,
  })
  const owner = (await api.enroll('owner', { token })).secret
  const viewer = (await api.enroll(undefined, { grants: [{ apiKey: shop, role: 'viewer' }], token })).secret
  const get = (path: string, as = owner) => api.ask('GET', path, { as })
  return { ...api, make, shop, other, hourOf, owner, viewer, get }
}

describe('the counts over time', () => {
  it('cover one API key, or all that the caller can read', async () => {
    const { store, operations, shop, other, hourOf, viewer, get } = await open()
    await store.addHours([
      hourOf(shop, { admitted: 3, peakSessions: 2, refusals: { token_expired: 2, token_missing: 1 } }),
      hourOf(other, { admitted: 10, peakSessions: 9 }),
      hourOf(ALL_API_KEYS, { admitted: 13, peakSessions: 10, refusals: { token_expired: 2, token_missing: 1 } }),
    ])
    const last = async (query: string, as?: string) => (await get(`/traffic${query}`, as)).body.steps.at(-1)
    const ofShop = {
      at: THIS_HOUR,
      admitted: 3,
      peakSessions: 2,
      refused: 3,
      refusals: { token_expired: 2, token_missing: 1 },
    }
    expect(await last('')).toEqual({ ...ofShop, admitted: 13, peakSessions: 10 })
    expect(await last(`?key=${shop}`)).toEqual(ofShop)
    expect(await last('', viewer)).toEqual(ofShop)
    operations.sessions.open(admissionOf('alice', { apiKey: other }), new RecordingChannel())
    expect((await get('/traffic')).body.sessionsNow).toBe(1)
    expect((await get('/traffic', viewer)).body.sessionsNow).toBe(0)
    expect((await get(`/traffic?key=${other}`, viewer)).status).toBe(404)
    expect((await get(`/traffic?key=nobody`, viewer)).status).toBe(404)
  })

  it('contain only what the permissions of a token allow', async () => {
    const { store, enroll, shop, hourOf, get } = await open()
    await store.addHours([hourOf(shop, { admitted: 3, refusals: { ejected: 1 } })])
    const narrow = async (right: 'sessions:read' | 'refusals:read' | 'keys:read') => {
      const { secret } = await enroll('owner', { token: { ...token, rights: [right] } })
      const { admitted, refused } = (await get(`/traffic?key=${shop}`, secret)).body.steps.at(-1)
      return [admitted, refused]
    }
    expect(await narrow('sessions:read')).toEqual([3, 0])
    expect(await narrow('refusals:read')).toEqual([0, 1])
    expect(await narrow('keys:read')).toEqual([0, 0])
  })

  it.each([
    [`since=0&until=${HOUR_SECONDS * MAX_STEPS}`, 200],
    [`since=0&until=${HOUR_SECONDS * MAX_STEPS + 1}`, 400],
    ['step=86400', 200],
    ['step=1800', 400],
    ['step=0', 400],
    ['since=10&until=10', 400],
  ])('by %s are answered with %i', async (query, status) => {
    const { get } = await open()
    expect((await get(`/traffic?${query}`)).status).toBe(status)
  })
})

describe('what needs attention', () => {
  it('is empty for a healthy platform', async () => {
    const { get } = await open({ publicUrl: () => 'http://localhost:4420' })
    expect((await get('/attention')).body).toEqual({ items: [], isComplete: true })
  })

  it('includes the platform itself, for callers with a role for it', async () => {
    const facts = (await open()).context.platform()
    const platform = () => ({ ...facts, demo: true, store: { ...facts.store, health: 'unavailable' as const } })
    const { get, viewer } = await open({ platform })
    const kinds = async (as?: string) =>
      (await get('/attention', as)).body.items.map(({ kind }: { kind: string }) => kind)
    expect(await kinds()).toEqual(['store_unavailable', 'demo_on', 'turn_missing'])
    expect(await kinds(viewer)).toEqual([])
  })

  it('includes a refusal reason that is far more frequent than usual', async () => {
    const { store, shop, other, hourOf, viewer, get } = await open({ publicUrl: () => 'http://localhost' })
    const dayBefore = Array.from({ length: 24 }, (_none, at) =>
      hourOf(other, { hour: THIS_HOUR - (at + 2) * HOUR_SECONDS, refusals: { token_expired: 10 } }),
    )
    await store.addHours([
      ...dayBefore,
      // A usual number, too small a number, and a rise.
      hourOf(other, { refusals: { token_expired: 60 } }),
      hourOf(shop, { refusals: { token_missing: MIN_SPIKE - 1, signature_invalid: MIN_SPIKE } }),
    ])
    const spike = {
      kind: 'refusals_spike',
      apiKey: shop,
      apiKeyName: 'Shop',
      code: 'signature_invalid',
      count: MIN_SPIKE,
      usual: 0,
    }
    expect((await get('/attention')).body.items).toEqual([spike])
    expect((await get('/attention', viewer)).body.items).toEqual([spike])
    await store.addHours([hourOf(other, { refusals: { token_expired: 1 } })])
    expect((await get('/attention')).body.items).toMatchObject([{ code: 'token_expired', count: 61, usual: 20 }, spike])
  })

  it('includes endpoints that fail or are gone, for callers that can read webhooks', async () => {
    const { store, context, shop, viewer, get } = await open({ publicUrl: () => 'http://localhost' })
    const change = { store, seal: context.seal, now: () => NOW }
    const make = async (url: string) => (await createEndpoint(change, shop, { url }, false)).endpoint
    const [failing, gone] = [await make('https://failing.example/'), await make('https://gone.example/')]
    await make('https://well.example/')
    const delivery = generateTestEvent(failing, NOW)
    await store.addDeliveries([delivery])
    const tried = { ...delivery, state: 'pending' as const, attempts: [], tries: 1, dueAt: NOW + 60, isGone: false }
    await store.settleDeliveries([tried], NOW)
    await store.changeEndpoint(shop, gone.endpointId, { state: 'disabled', isGone: true })
    const of = { apiKey: shop, apiKeyName: 'Shop' }
    expect((await get('/attention')).body.items).toEqual([
      { kind: 'webhook_failing', ...of, endpointId: failing.endpointId, url: failing.url },
      { kind: 'webhook_gone', ...of, endpointId: gone.endpointId, url: gone.url },
    ])
    expect((await get('/attention', viewer)).body.items).toEqual([])
  })

  it('includes signing keys to rotate, key sets that cannot be fetched, and API keys without a signing key', async () => {
    const { store, shop, other, operations, get } = await open({ publicUrl: () => 'http://localhost' })
    await store.db.updateTable('signing_key').set({ created_at: 0 }).where('api_key', '=', shop).execute()
    await store.db.deleteFrom('signing_key').where('api_key', '=', other).execute()
    operations.keyring.failedKeySetsOf = (apiKey) => (apiKey === shop ? ['published'] : [])
    const before = (await get('/attention')).body.items.map(({ kind, apiKey }: Record<string, string>) => [
      kind,
      apiKey,
    ])
    expect(before).toEqual([
      ['no_signing_key', other],
      ['key_set_unreachable', shop],
      ['signing_key', shop],
    ])
  })

  it(`covers the ${MAX_KEYS_LOOKED_AT} newest API keys, and says so`, async () => {
    const { store, makeApiKey, get } = await open({ publicUrl: () => 'http://localhost' })
    for (let at = 2; at < MAX_KEYS_LOOKED_AT; at++) await makeApiKey(`key ${at}`)
    await store.db.updateTable('api_key').set({ policy: '{"requireToken":false}' }).execute()
    expect((await get('/attention')).body).toEqual({ items: [], isComplete: true })
    await makeApiKey('one more')
    expect((await get('/attention')).body.isComplete).toBe(false)
  })
})
