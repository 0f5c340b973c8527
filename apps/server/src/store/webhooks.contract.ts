import { describe, expect, it, onTestFinished } from 'vitest'
import { createApiKey, deleteApiKey } from '../api-key/keys.ts'
import { retireSigningKey } from '../api-key/retire-signing-key.ts'
import { createEndpoint, rotateEndpointSecret } from '../events/webhook/change-endpoints.ts'
import type { NewDelivery, Settlement } from '../events/webhook/delivery.ts'
import { createIdGenerator } from '../events/webhook/generate-id.ts'
import { openSecrets } from '../events/webhook/seal-secrets.ts'
import { MAX_WAITING_DELIVERIES } from '../events/webhook/webhook-store.ts'
import { generateSuccessor } from '../vault/successor-key.ts'
import { openStore, type StoreLocation } from './open.ts'
import { rotateMasterKey } from './rotate-master-key.ts'

const NOW = 1_000

/** The requirements for webhook endpoints and their deliveries on every engine. */
export function describeWebhooks(engine: string, makeLocation: () => Promise<StoreLocation>): void {
  async function openShop() {
    const location = await makeLocation()
    const opened = await openStore(location)
    onTestFinished(() => opened.store.close())
    const { store } = opened
    const context = { ...opened, now: () => NOW }
    const { apiKey, secret } = await createApiKey(context, { name: 'Shop' })
    const addEndpoint = async () => {
      const made = await createEndpoint(context, apiKey.apiKey, { url: 'https://shop.example/“π”' }, false)
      return { ...made.endpoint, secret: made.secret }
    }
    const endpoint = await addEndpoint()
    const generateId = createIdGenerator(context.now)
    const deliveryOf = (orderingKey: string, rest: Partial<NewDelivery> = {}): NewDelivery => ({
      deliveryId: generateId('dlv_'),
      endpointId: endpoint.endpointId,
      messageId: generateId('msg_'),
      type: 'session.opened',
      orderingKey,
      payload: '{"of":"“π”"}',
      createdAt: NOW,
      ...rest,
    })
    const add = async (...keys: string[]) => {
      const deliveries = keys.map((key) => deliveryOf(key))
      await store.addDeliveries(deliveries)
      return deliveries
    }
    const claim = async (now = NOW, room = 10, limit = 100) => {
      const options = { now, leasedUntil: now + 20, limit, roomOf: () => room }
      return (await store.claimDeliveries(options)).map(({ deliveryId }) => deliveryId)
    }
    const settle = (delivery: NewDelivery, rest: Partial<Settlement> = {}, now = NOW) => {
      const outcome = { state: 'delivered' as const, attempts: [], tries: 1, dueAt: now, isGone: false, ...rest }
      return store.settleDeliveries([{ ...delivery, ...outcome }], now)
    }
    const stateOf = async ({ deliveryId }: NewDelivery) =>
      (await store.findDelivery(endpoint.endpointId, deliveryId))?.state
    return {
      location,
      context,
      store,
      apiKey: apiKey.apiKey,
      secret,
      endpoint,
      addEndpoint,
      deliveryOf,
      add,
      claim,
      settle,
      stateOf,
    }
  }

  const idsOf = (deliveries: readonly NewDelivery[]) => deliveries.map(({ deliveryId }) => deliveryId)

  describe(`the endpoints on ${engine}`, () => {
    it('are stored unchanged, and each change of them is counted', async () => {
      const { store, apiKey, endpoint } = await openShop()
      const { secret: _clear, ...kept } = endpoint
      expect(await store.listEndpoints(apiKey)).toMatchObject([kept])
      const before = await store.changeCount()
      const change = { types: ['session.closed' as const], state: 'disabled' as const, url: 'https://new.example/' }
      expect(await store.changeEndpoint(apiKey, endpoint.endpointId, change)).toBe(true)
      expect(await store.listEndpoints()).toMatchObject([{ ...kept, ...change }])
      await store.changeEndpoint(apiKey, endpoint.endpointId, { types: undefined })
      expect(await store.listEndpoints()).toMatchObject([{ ...kept, ...change, types: undefined }])
      expect(await store.changeEndpoint('another', endpoint.endpointId, change)).toBe(false)
      expect(await store.deleteEndpoint('another', endpoint.endpointId)).toBe(false)
      expect(await store.deleteEndpoint(apiKey, endpoint.endpointId)).toBe(true)
      expect(await store.changeCount()).toBeGreaterThanOrEqual(before + 3)
    })

    it('have secrets that are re-encrypted by a rotation of the master key, and counted', async () => {
      const { location, context, store, apiKey, endpoint } = await openShop()
      const [before] = await store.listEndpoints(apiKey)
      if (before === undefined) throw new Error('no endpoint is kept')
      const rotated = await rotateEndpointSecret(context, before)
      const done = await rotateMasterKey(store.db, context.seal, generateSuccessor(location.dataFolder))
      expect(done).toEqual({ version: 2, secrets: 2, wasDone: false })
      const again = await openStore(location)
      onTestFinished(() => again.store.close())
      const [after] = await again.store.listEndpoints(apiKey)
      if (after === undefined) throw new Error('no endpoint is kept')
      expect(after).toMatchObject({ masterKeyVersion: 2 })
      expect(openSecrets(again.seal, after)).toEqual([
        { secret: rotated.secret },
        { secret: endpoint.secret, until: rotated.previousUntil },
      ])
      // Write access to the store is not enough to move a secret to another record.
      expect(() => openSecrets(again.seal, { ...after, endpointId: 'ep_other' })).toThrow('does not decrypt')
    })

    it('are deleted with their API key, and their deliveries too', async () => {
      const { context, store, apiKey, endpoint, add, deliveryOf } = await openShop()
      const [one] = await add('a')
      await deleteApiKey(context, apiKey)
      expect(await store.listEndpoints()).toEqual([])
      expect(await store.findDelivery(endpoint.endpointId, one?.deliveryId ?? '')).toBeUndefined()
      await store.addDeliveries([deliveryOf('a')])
    })
  })

  describe(`a delivery on ${engine}`, () => {
    it('is unchanged after a restart, and not counted as a change', async () => {
      const { location, store, endpoint, add } = await openShop()
      const before = await store.changeCount()
      const [one] = await add('a')
      await store.addDeliveries([])
      expect(await store.changeCount()).toBe(before)
      const again = await openStore(location)
      onTestFinished(() => again.store.close())
      const listed = await again.store.listDeliveries({ endpointId: endpoint.endpointId, limit: 10 })
      expect(listed).toEqual([{ ...one, state: 'pending', attempts: [], tries: 0, beganAt: NOW, dueAt: NOW }])
    })

    it('exists once, even if the same message is written again', async () => {
      const { store, claim, deliveryOf } = await openShop()
      const one = deliveryOf('a')
      await store.addDeliveries([one])
      await store.addDeliveries([{ ...one, deliveryId: 'dlv_other' }, deliveryOf('b')])
      expect(await claim()).toHaveLength(2)
    })

    it('is claimed one at a time for one ordering key, the earliest first', async () => {
      const { add, claim, settle, stateOf } = await openShop()
      const [one, two, other, three] = (await add('a', 'a', 'b', 'a')) as [
        NewDelivery,
        NewDelivery,
        NewDelivery,
        NewDelivery,
      ]
      expect(await claim()).toEqual(idsOf([one, other]))
      expect(await claim()).toEqual([])
      await settle(one, { state: 'pending', dueAt: NOW + 5 })
      expect(await claim(NOW + 4.9)).toEqual([])
      expect(await claim(NOW + 5)).toEqual(idsOf([one]))
      expect(await stateOf(two)).toBe('held')
      await settle(one, {}, NOW + 5)
      expect(await claim(NOW + 5)).toEqual(idsOf([two]))
      await settle(two, { state: 'dead' }, NOW + 6)
      expect(await claim(NOW + 6)).toEqual(idsOf([three]))
    })

    it('is separate for each endpoint', async () => {
      const { store, addEndpoint, add, claim, deliveryOf } = await openShop()
      const second = await addEndpoint()
      const [one] = (await add('a')) as [NewDelivery]
      const there = deliveryOf('a', { endpointId: second.endpointId })
      await store.addDeliveries([there])
      expect((await claim()).sort()).toEqual(idsOf([one, there]))
    })

    it('cannot be claimed by others until the lease expires', async () => {
      const { location, add, claim } = await openShop()
      const [one] = (await add('a')) as [NewDelivery]
      const other = await openStore(location)
      onTestFinished(() => other.store.close())
      const claimThere = async (now: number) =>
        idsOf(await other.store.claimDeliveries({ now, leasedUntil: now + 20, limit: 9, roomOf: () => 9 }))
      const both = await Promise.all([claim(), claimThere(NOW)])
      expect(both.flat()).toEqual([one.deliveryId])
      expect(await claimThere(NOW + 19.9)).toEqual([])
      expect(await claimThere(NOW + 20)).toEqual([one.deliveryId])
    })

    it('is claimed within the limits: per endpoint, and in total', async () => {
      const { store, addEndpoint, add, claim, deliveryOf } = await openShop()
      await add('a', 'b', 'c')
      const second = await addEndpoint()
      await store.addDeliveries(['d', 'e'].map((key) => deliveryOf(key, { endpointId: second.endpointId })))
      expect(await claim(NOW, 0)).toEqual([])
      expect(await claim(NOW, 9, 0)).toEqual([])
      expect(await claim(NOW, 1)).toHaveLength(2)
      expect(await claim(NOW, 9, 2)).toHaveLength(2)
      expect(await claim()).toHaveLength(1)
    })

    it('is claimed with regard to what was just claimed for other endpoints', async () => {
      const { store, addEndpoint, add, deliveryOf } = await openShop()
      await add('a', 'b')
      const second = await addEndpoint()
      await store.addDeliveries(['c', 'd'].map((key) => deliveryOf(key, { endpointId: second.endpointId })))
      const roomOf = (_: string, claimed: ReadonlyMap<string, number>) =>
        3 - [...claimed.values()].reduce((sum, count) => sum + count, 0)
      expect(await store.claimDeliveries({ now: NOW, leasedUntil: NOW + 20, limit: 9, roomOf })).toHaveLength(3)
    })

    it('waits while its endpoint is disabled', async () => {
      const { store, apiKey, endpoint, add, claim } = await openShop()
      await add('a')
      await store.changeEndpoint(apiKey, endpoint.endpointId, { state: 'disabled' })
      expect(await claim()).toEqual([])
      await store.changeEndpoint(apiKey, endpoint.endpointId, { state: 'active' })
      expect(await claim()).toHaveLength(1)
    })

    it('disables an endpoint that answers 410, for every platform', async () => {
      const { store, endpoint, add, claim, settle } = await openShop()
      const [one] = (await add('a', 'a')) as [NewDelivery]
      const before = await store.changeCount()
      expect(await settle(one, { state: 'dead', isGone: true })).toMatchObject([{ endpointId: endpoint.endpointId }])
      expect(await store.listEndpoints()).toMatchObject([{ state: 'disabled', isGone: true }])
      expect(await store.changeCount()).not.toBe(before)
      expect(await claim()).toEqual([])
      expect(await settle(one, { state: 'dead', isGone: true })).toEqual([])
    })

    it('stays delivered if another platform claimed it meanwhile and failed', async () => {
      const { add, settle, stateOf } = await openShop()
      const [one] = (await add('a')) as [NewDelivery]
      await settle(one)
      await settle(one, { state: 'pending' })
      expect(await stateOf(one)).toBe('delivered')
    })

    it('is counted while it waits, even for an earlier one, but not once it is delivered or given up', async () => {
      const { store, add, claim, settle } = await openShop()
      const [first, second, third] = await add('a', 'a', 'b')
      if (!first || !second || !third) throw new Error('nothing was added')
      expect(await store.countWaitingDeliveries()).toBe(3)
      await claim()
      await settle(first)
      await settle(third, { state: 'dead' })
      expect(await store.countWaitingDeliveries()).toBe(1)
    })

    it('counts as retrying once an attempt has failed, until it is delivered or given up', async () => {
      const { store, add, settle } = await openShop()
      const [one, other] = (await add('a', 'b')) as [NewDelivery, NewDelivery]
      expect(await store.countRetryingDeliveries()).toBe(0)
      await settle(one, { state: 'pending', tries: 1 })
      await settle(other, { state: 'dead', tries: 7 })
      expect(await store.countRetryingDeliveries()).toBe(1)
      await settle(one)
      expect(await store.countRetryingDeliveries()).toBe(0)
    })

    it('is listed in pages, the latest first, by state and by type', async () => {
      const { store, endpoint, add, deliveryOf, settle } = await openShop()
      const [one, two] = (await add('a', 'b')) as [NewDelivery, NewDelivery]
      const test = deliveryOf('c', { type: 'test' })
      await store.addDeliveries([test])
      const attempts = [{ at: NOW, millis: 12, status: 500, reason: 'the endpoint answered 500' }]
      await settle(one, { state: 'dead', attempts, tries: 7 })
      const list = async (filter: object) =>
        idsOf(await store.listDeliveries({ endpointId: endpoint.endpointId, limit: 2, ...filter }))
      expect(await list({})).toEqual(idsOf([test, two]))
      expect(await list({ beforeId: two.deliveryId })).toEqual(idsOf([one]))
      expect(await list({ earliestFirst: true })).toEqual(idsOf([one, two]))
      expect(await list({ earliestFirst: true, afterId: two.deliveryId })).toEqual(idsOf([test]))
      expect(await list({ state: 'dead' })).toEqual(idsOf([one]))
      expect(await list({ type: 'test' })).toEqual(idsOf([test]))
      expect(await list({ endpointId: 'another' })).toEqual([])
      expect(await store.findDelivery(endpoint.endpointId, one.deliveryId)).toMatchObject({ attempts, tries: 7 })
    })

    it('is pending before its first attempt and retrying after one that failed, and each is listed apart', async () => {
      const { store, endpoint, add, settle } = await openShop()
      const { endpointId } = endpoint
      const [one, two, three, four] = (await add('a', 'b', 'c', 'd')) as [NewDelivery, ...NewDelivery[]]
      await settle(one, { state: 'pending', tries: 1 })
      await settle(three as NewDelivery, { state: 'pending', tries: 2 })
      const list = async (filter: object) => idsOf(await store.listDeliveries({ endpointId, limit: 9, ...filter }))
      expect(await list({ state: 'pending' })).toEqual(idsOf([four, two] as NewDelivery[]))
      expect(await list({ state: 'retrying' })).toEqual(idsOf([three as NewDelivery, one]))
      expect(await list({ state: 'retrying', limit: 1, earliestFirst: true })).toEqual(idsOf([one]))
      expect(await list({ state: 'retrying', beforeId: three?.deliveryId })).toEqual(idsOf([one]))
    })

    it('starts again if it is replayed, in its place within its ordering key', async () => {
      const { store, endpoint, add, claim, settle, stateOf } = await openShop()
      const { endpointId } = endpoint
      const [one, two] = (await add('a', 'a')) as [NewDelivery, NewDelivery]
      expect(await store.replayDelivery(endpointId, one.deliveryId, NOW)).toBe(false)
      await claim()
      await settle(one, { state: 'dead', tries: 9 })
      await claim()
      expect(await store.replayDelivery('another', one.deliveryId, NOW + 9)).toBe(false)
      expect(await store.replayDelivery(endpointId, one.deliveryId, NOW + 9)).toBe(true)
      expect(await store.findDelivery(endpointId, one.deliveryId)).toMatchObject({ tries: 0, beganAt: NOW + 9 })
      expect(await stateOf(one)).toBe('held')
      await settle(two)
      expect(await claim(NOW + 9)).toEqual(idsOf([one]))
    })

    it('is replayed with all dead ones created since a time', async () => {
      const { store, endpoint, deliveryOf, claim, settle } = await openShop()
      const deliveries = [NOW - 2, NOW - 1, NOW].map((createdAt) => deliveryOf('a', { createdAt }))
      await store.addDeliveries(deliveries)
      for (const delivery of deliveries) await settle(delivery, { state: 'dead' })
      expect(await store.replayDead(endpoint.endpointId, NOW - 1, NOW)).toBe(2)
      expect(await store.replayDead(endpoint.endpointId, NOW - 1, NOW)).toBe(0)
      expect(await claim()).toEqual(idsOf(deliveries.slice(1, 2)))
    })

    it('is deleted when it is old, and releases those that it held back', async () => {
      const { store, deliveryOf, claim, stateOf } = await openShop()
      const [old, young] = [deliveryOf('a', { createdAt: NOW - 1 }), deliveryOf('a')]
      await store.addDeliveries([old, young])
      await store.forgetDeliveries(NOW - 1, NOW)
      expect(await stateOf(old)).toBe('pending')
      await store.forgetDeliveries(NOW, NOW)
      expect(await stateOf(old)).toBeUndefined()
      expect(await claim()).toEqual(idsOf([young]))
    })

    it('waits up to a limit per endpoint, beyond which the oldest one not being sent is given up', {
      timeout: 60_000,
    }, async () => {
      const { store, endpoint, addEndpoint, deliveryOf, claim, stateOf } = await openShop()
      const fill = async (endpointId: string) => {
        const [one, two] = [deliveryOf('a', { endpointId }), deliveryOf('a', { endpointId })] as const
        const three = deliveryOf('b', { endpointId })
        await store.addDeliveries([one, two, three])
        for (let count = 3; count < MAX_WAITING_DELIVERIES; count += 1_000) {
          const many = Math.min(1_000, MAX_WAITING_DELIVERIES - count)
          const batch = Array.from({ length: many }, (_, at) => deliveryOf(`${count + at}`, { endpointId }))
          expect(await store.addDeliveries(batch)).toEqual([])
        }
        return { one, two, three }
      }
      const { endpointId } = endpoint
      const { one, two, three } = await fill(endpointId)
      const other = await addEndpoint()
      expect(await store.addDeliveries([deliveryOf('c', { endpointId: other.endpointId })])).toEqual([])
      expect(await store.addDeliveries([deliveryOf('c')])).toEqual([{ endpointId, count: 1 }])
      expect(await store.findDelivery(endpointId, one.deliveryId)).toMatchObject({
        state: 'dead',
        attempts: [{ at: NOW, reason: expect.stringContaining('given up') }],
      })
      // Those that it held back are released, and one being sent is not given up.
      expect(await stateOf(two)).toBe('pending')
      expect(await claim(NOW, 1)).toContain(two.deliveryId)
      expect(await store.addDeliveries([deliveryOf('c')])).toEqual([{ endpointId, count: 1 }])
      expect([await stateOf(two), await stateOf(three)]).toEqual(['pending', 'dead'])
      // A dead one has room to be sent again only when others are done.
      expect(await store.replayDead(endpointId, 0, NOW)).toBe(0)
      await store.settleDeliveries(
        [{ ...two, state: 'delivered', attempts: [], tries: 1, dueAt: NOW, isGone: false }],
        NOW,
      )
      expect(await store.replayDead(endpointId, 0, NOW)).toBe(1)
      expect([await stateOf(one), await stateOf(three)]).toEqual(['dead', 'pending'])
    })

    it('can be claimed by the thousand', async () => {
      const { store, endpoint, deliveryOf } = await openShop()
      await store.addDeliveries(Array.from({ length: 1_000 }, (_, at) => deliveryOf(`session ${at}`)))
      expect(await store.listDeliveries({ endpointId: endpoint.endpointId, limit: 2_000 })).toHaveLength(1_000)
    })
  })

  it(`retired signing keys are found on ${engine}, by API key and time`, async () => {
    const { context, store, secret } = await openShop()
    const { apiKey, keyId } = secret
    await retireSigningKey(context, apiKey, keyId, 5)
    const found = { apiKey, keyId, kind: 'secret', retiresAt: NOW + 5 }
    expect(await store.listRetirements([apiKey], NOW, NOW + 4.9)).toEqual([])
    expect(await store.listRetirements([apiKey], NOW, NOW + 5)).toEqual([found])
    expect(await store.listRetirements([apiKey], NOW + 5, NOW + 99)).toEqual([])
    expect(await store.listRetirements(['another'], NOW, NOW + 5)).toEqual([])
    expect(await store.listRetirements([], NOW, NOW + 5)).toEqual([])
  })
}
