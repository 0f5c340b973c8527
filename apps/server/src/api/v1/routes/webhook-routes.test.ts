import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { EVENT_TYPES } from '../../../events/event.ts'
import { MAX_DESCRIPTION_LENGTH, MAX_ENDPOINT_SECRETS, MAX_ENDPOINTS } from '../../../events/webhook/endpoint.ts'
import { openSecrets } from '../../../events/webhook/seal-secrets.ts'
import type { ApiContext } from '../http/api-context.ts'
import { openTestApi } from '../v1.fixture.ts'

const POST = 'POST' as const
const URL = 'https://shop.example/events'

async function openShop(changes: Partial<ApiContext> = {}) {
  const api = await openTestApi(changes)
  const { secret: as } = await api.enroll('owner')
  const { apiKey } = (await api.ask(POST, '/keys', { as, body: { name: 'Shop' } })).body
  const path = `/keys/${apiKey}/webhooks`
  const make = (body: object = { url: URL }, headers = {}) => api.ask(POST, path, { as, body, headers })
  return { ...api, as, apiKey, path, make }
}

describe('an endpoint', () => {
  it('is created, and its secret is shown only once', async () => {
    const { ask, as, path, make } = await openShop()
    const { status, body, headers } = await make({ url: URL, description: ' Orders ' })
    expect([status, headers['cache-control']]).toEqual([201, 'no-store'])
    const { secret, ...shown } = body
    expect(shown).toMatchObject({ url: URL, types: null, description: 'Orders', state: 'active', isGone: false })
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(() => new Webhook(secret)).not.toThrow()
    for (const place of [path, `${path}/${shown.endpointId}`, '/audit']) {
      const { text } = await ask('GET', place, { as })
      expect(text).toContain(shown.endpointId)
      expect(text).not.toContain(secret.slice('whsec_'.length))
    }
    expect((await ask('GET', `${path}/${shown.endpointId}`, { as })).body).toEqual(shown)
  })

  it('is created once if the request is repeated with its Idempotency-Key', async () => {
    const { make, store } = await openShop()
    const [one, two] = [
      await make({ url: URL }, { 'idempotency-key': 'a' }),
      await make({ url: URL }, { 'idempotency-key': 'a' }),
    ]
    expect(two.body).toEqual(one.body)
    expect(await store.listEndpoints()).toHaveLength(1)
  })

  it.each([
    ['http://shop.example/', 422],
    ['https://10.0.0.1/', 422],
    ['https://user:password@shop.example/', 422],
    ['shop', 422],
  ])('at %s is refused', async (url, status) => {
    const { make } = await openShop()
    expect(await make({ url })).toMatchObject({ status, body: { code: 'not_usable' } })
  })

  it('can be private if the platform allows it', async () => {
    const { make } = await openShop({ toPrivate: true })
    expect(await make({ url: 'http://127.0.0.1:80/' })).toMatchObject({ status: 201 })
  })

  it.each([
    { url: URL, types: [] },
    { url: URL, types: ['session.renamed'] },
    { url: URL, types: ['test'] },
    { url: URL, description: 'x'.repeat(MAX_DESCRIPTION_LENGTH + 1) },
    { url: URL, description: 'two\nlines' },
    { url: URL, secret: 'whsec_of_my_own' },
  ])('is not made of %o', async (body) => {
    const { make } = await openShop()
    expect(await make(body)).toMatchObject({ status: 400 })
  })

  it('is limited in number per API key', async () => {
    const { make } = await openShop()
    for (let count = 0; count < MAX_ENDPOINTS; count++) expect((await make()).status).toBe(201)
    expect(await make()).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })

  it('can be changed, disabled and deleted, and each change is recorded', async () => {
    const { ask, as, apiKey, path, make } = await openShop()
    const { endpointId } = (await make({ url: URL, types: ['session.closed'] })).body
    const place = `${path}/${endpointId}`
    const change = (body: object) => ask('PATCH', place, { as, body })
    expect((await change({ state: 'disabled' })).body).toMatchObject({ state: 'disabled', types: ['session.closed'] })
    expect((await change({ types: null, state: 'active', url: `${URL}/2` })).body).toMatchObject({
      types: null,
      url: `${URL}/2`,
    })
    expect(await change({ url: 'https://127.0.0.1/' })).toMatchObject({ status: 422 })
    expect(await change({ types: [...EVENT_TYPES] })).toMatchObject({ body: { types: EVENT_TYPES } })
    const stale = { 'if-match': '"another"' }
    expect(await ask('PATCH', place, { as, body: { types: null }, headers: stale })).toMatchObject({ status: 412 })
    expect((await ask('DELETE', place, { as })).body).toEqual({ deleted: endpointId })
    expect(await ask('GET', place, { as })).toMatchObject({ status: 404 })
    const { items } = (await ask('GET', `/keys/${apiKey}/audit`, { as })).body
    const actions = items.map((item: { action: string }) => item.action)
    expect(actions.slice(0, 5)).toEqual(['webhook.deleted', ...Array(3).fill('webhook.changed'), 'webhook.created'])
  })

  it('has a new secret after a rotation, and the previous one for another day', async () => {
    const now = 1_000_000_000
    const { ask, as, context, store, path, make } = await openShop()
    const { endpointId, secret } = (await make()).body
    const rotate = () => ask(POST, `${path}/${endpointId}/rotate-secret`, { as })
    const before = context.clock.now()
    const { status, body } = await rotate()
    expect(status).toBe(201)
    expect(body.secret).not.toBe(secret)
    expect(body.previousUntil - before).toBeGreaterThan(86_398)
    expect(body.previousUntil).toBeGreaterThan(now)
    const [kept] = await store.listEndpoints()
    if (kept === undefined) throw new Error('no endpoint is kept')
    expect(openSecrets(context.seal, kept)).toEqual([{ secret: body.secret }, { secret, until: body.previousUntil }])
    for (let count = 2; count < MAX_ENDPOINT_SECRETS; count++) expect((await rotate()).status).toBe(201)
    expect(await rotate()).toMatchObject({ status: 409 })
    const audit = (await ask('GET', '/audit', { as })).text
    for (const one of [secret, body.secret]) expect(audit).not.toContain(one.slice('whsec_'.length))
  })

  it('of another API key is not found', async () => {
    const { ask, as, make } = await openShop()
    const { endpointId } = (await make()).body
    const { apiKey: other } = (await ask(POST, '/keys', { as, body: { name: 'Other' } })).body
    for (const rest of ['', '/deliveries', '/deliveries/dlv_1']) {
      expect(await ask('GET', `/keys/${other}/webhooks/${endpointId}${rest}`, { as })).toMatchObject({ status: 404 })
    }
    expect(await ask(POST, `/keys/${other}/webhooks/${endpointId}/rotate-secret`, { as })).toMatchObject({
      status: 404,
    })
  })
})

describe('deliveries', () => {
  async function openWithTests(count: number) {
    const shop = await openShop()
    const { ask, as, path, make, store } = shop
    const { endpointId } = (await make({ url: URL, types: ['session.closed'] })).body
    const place = `${path}/${endpointId}`
    const ids: string[] = []
    for (let at = 0; at < count; at++) ids.push((await ask(POST, `${place}/test`, { as })).body.deliveryId)
    const give = async (deliveryId: string | undefined, state: 'dead' | 'delivered') => {
      const found = await store.findDelivery(endpointId, deliveryId ?? '')
      if (found === undefined) throw new Error('there is no such delivery')
      const attempts = [{ at: 1, millis: 2, status: 500, reason: 'the endpoint answered 500' }]
      await store.settleDeliveries([{ ...found, state, attempts, tries: 1, dueAt: 0, isGone: false }], 1)
    }
    const list = async (query = '') => (await ask('GET', `${place}/deliveries${query}`, { as })).body
    return { ...shop, place, ids, give, list }
  }

  it('can be a test, whatever the types of the endpoint', async () => {
    const { ask, as, place, ids } = await openWithTests(1)
    const { body } = await ask('GET', `${place}/deliveries/${ids[0]}`, { as })
    const { endpointId, payload } = { endpointId: place.split('/').at(-1), payload: body.payload }
    expect(body).toMatchObject({ type: 'test', state: 'pending', tries: 0, attempts: [], dueAt: expect.any(Number) })
    expect(payload).toMatchObject({ type: 'test', data: { endpointId } })
    await ask('PATCH', place, { as, body: { state: 'disabled' } })
    expect(await ask(POST, `${place}/test`, { as })).toMatchObject({ status: 409 })
  })

  it('are listed in pages, with their attempts, by state and type', async () => {
    const { ids, give, list, ask, as, place } = await openWithTests(3)
    await give(ids[0], 'dead')
    const { items, nextCursor } = await list('?limit=2')
    expect(items.map((item: { deliveryId: string }) => item.deliveryId)).toEqual([ids[2], ids[1]])
    expect((await list(`?limit=2&cursor=${nextCursor}`)).items).toHaveLength(1)
    expect((await list('?state=dead')).items).toMatchObject([
      {
        deliveryId: ids[0],
        dueAt: null,
        attempts: [{ at: 1, millis: 2, status: 500, reason: 'the endpoint answered 500' }],
      },
    ])
    expect((await list('?type=session.closed')).items).toEqual([])
    expect(await ask('GET', `${place}/deliveries?state=lost`, { as })).toMatchObject({ status: 400 })
  })

  it('can be replayed one by one, or all that were given up since a time', async () => {
    const { ask, as, ids, give, place, list } = await openWithTests(3)
    const replay = (deliveryId = '') => ask(POST, `${place}/deliveries/${deliveryId}/replay`, { as })
    expect(await replay(ids[0])).toMatchObject({ status: 409 })
    await give(ids[0], 'delivered')
    expect(await replay(ids[0])).toMatchObject({ status: 200, body: { state: 'pending', tries: 0 } })
    expect(await replay('dlv_none')).toMatchObject({ status: 404 })
    await give(ids[1], 'dead')
    await give(ids[2], 'dead')
    const since = (seconds: number) => ask(POST, `${place}/replay`, { as, body: { since: seconds } })
    expect((await since(Date.now() / 1000 + 5)).body).toEqual({ replayed: 0 })
    expect((await since(0)).body).toEqual({ replayed: 2 })
    expect((await list('?state=dead')).items).toEqual([])
  })
})
