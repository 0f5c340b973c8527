import { describe, expect, it, onTestFinished } from 'vitest'
import { createApiKey, deleteApiKey } from '../api-key/keys.ts'
import {
  type Discarded,
  MAX_DELETED_AT_ONCE,
  MAX_STORED,
  MAX_STORED_PER_API_KEY,
  REFUSAL_SORTS,
  type RefusalPlace,
  type RefusalToWrite,
} from '../refusal-log/refusal-store.ts'
import type { RefusalRecord } from '../refusal-log/report.ts'
import { ALL_API_KEYS, type HourCounts, MAX_HOURS_DELETED_AT_ONCE } from '../traffic/traffic-store.ts'
import { openStore, type StoreLocation } from './open.ts'

const NOTHING: ReadonlyMap<string, Discarded> = new Map()
const MOST_WRITTEN_AT_ONCE = 5_000

let ids = 0

/** The requirements for refusals and hourly counts on every engine. */
export function describeHistory(engine: string, makeLocation: () => Promise<StoreLocation>): void {
  async function openShop() {
    const location = await makeLocation()
    const opened = await openStore(location)
    onTestFinished(() => opened.store.close())
    const { store } = opened
    const context = { ...opened, now: () => 1 }
    const make = async () => (await createApiKey(context, { name: 'Shop' })).apiKey.apiKey
    const apiKey = await make()
    const recordOf = (rest: Partial<RefusalRecord> = {}): RefusalRecord => {
      const refusalId = rest.refusalId ?? `rf_${String(++ids).padStart(8, '0')}`
      return {
        refusalId,
        latestRefusalId: refusalId,
        firstAt: 100,
        lastAt: 100,
        count: 1,
        apiKey,
        userId: 'alice',
        code: 'token_expired',
        publicCode: 'token_expired',
        message: 'The token expired 95 s ago',
        checks: [{ check: 'expiry', outcome: 'failed', message: 'The token expired' }],
        clockDifferenceSeconds: -95,
        address: '192.0.2.7',
        origin: 'https://shop.example',
        userAgent: 'a browser',
        ...rest,
      }
    }
    const write = async (records: readonly RefusalRecord[], isProven = true) => {
      for (let at = 0; at < records.length; at += MOST_WRITTEN_AT_ONCE) {
        const batch = records
          .slice(at, at + MOST_WRITTEN_AT_ONCE)
          .map((record): RefusalToWrite => ({ record, isProven }))
        await store.writeRefusals(batch, NOTHING)
      }
    }
    /** That many refusals, each later than the one before. */
    const many = (count: number, rest: Partial<RefusalRecord> = {}) =>
      Array.from({ length: count }, (_none, at) => recordOf({ firstAt: 1_000 + at, lastAt: 1_000 + at, ...rest }))
    const trim = async (...apiKeys: string[]) => {
      while (await store.trimRefusals(apiKeys));
    }
    return { location, context, store, apiKey, make, recordOf, write, many, trim }
  }

  const newestFirst = { sort: 'lastAt', isDescending: true, limit: 10 } as const

  describe(`the refusals on ${engine}`, () => {
    it('are complete after a restart, found by their first and latest id, and not counted as changes', async () => {
      const { location, store, write, recordOf } = await openShop()
      const before = await store.changeCount()
      const userId = 'Älice “π” 😀'
      const record = recordOf({
        userId,
        latestRefusalId: 'rf_later',
        firstAt: 100.25,
        lastAt: 1_700_000_000.123,
        count: 7,
      })
      await write([record])
      const again = await openStore(location)
      onTestFinished(() => again.store.close())
      for (const id of [record.refusalId, 'rf_later']) expect(await again.store.findRefusal(id)).toEqual(record)
      expect(await again.store.findRefusal('rf_none')).toBeUndefined()
      expect(await store.changeCount()).toBe(before)
    })

    it('are replaced by their later state', async () => {
      const { store, apiKey, write, recordOf } = await openShop()
      const record = recordOf()
      await write([record, recordOf({ userId: 'bob' })])
      const later = { ...record, latestRefusalId: 'rf_2', lastAt: 300, count: 3, message: 'later' }
      await write([later])
      expect(await store.findRefusal(record.refusalId)).toEqual(later)
      expect(await store.findRefusal('rf_2')).toEqual(later)
      expect(await store.countRefusals({ apiKey })).toBe(2)
      expect((await store.listRefusals({ ...newestFirst, apiKey }))[0]).toEqual(later)
    })

    it('of unknown API keys are omitted, without affecting the others in the batch', async () => {
      const { store, write, recordOf } = await openShop()
      const [kept, stranger] = [recordOf(), recordOf({ apiKey: 'nobody' })]
      await store.writeRefusals(
        [stranger, kept].map((record) => ({ record, isProven: true })),
        new Map([['nobody', { count: 1, firstAt: 1, lastAt: 1 }]]),
      )
      await write([])
      expect(await store.findRefusal(stranger.refusalId)).toBeUndefined()
      expect(await store.findRefusal(kept.refusalId)).toEqual(kept)
    })

    it('are selected by API key, code, user, part of the user, origin and time', async () => {
      const { store, apiKey, make, write, recordOf } = await openShop()
      const other = await make()
      await write([
        recordOf({ userId: 'Alina', firstAt: 100, lastAt: 200 }),
        recordOf({ userId: 'a%b', firstAt: 300, lastAt: 300, code: 'token_missing', origin: undefined }),
        recordOf({ userId: 'carol', firstAt: 400, lastAt: 400, origin: 'https://x.example' }),
        recordOf({ userId: 'dave', firstAt: 500, lastAt: 500, apiKey: other }),
      ])
      const users = async (selection: object) =>
        (await store.listRefusals({ ...newestFirst, ...selection })).map(({ userId }) => userId)
      expect(await users({})).toEqual(['dave', 'carol', 'a%b', 'Alina'])
      expect(await users({ apiKey })).toEqual(['carol', 'a%b', 'Alina'])
      expect(await users({ apiKey, code: 'token_missing' })).toEqual(['a%b'])
      expect(await users({ userId: 'dave' })).toEqual(['dave'])
      expect(await users({ userId: 'Dave' })).toEqual([])
      expect(await users({ apiKey, search: 'aLI' })).toEqual(['Alina'])
      expect(await users({ apiKey, search: '%' })).toEqual(['a%b'])
      expect(await users({ apiKey, search: '_' })).toEqual([])
      expect(await users({ apiKey, origin: 'https://x.example' })).toEqual(['carol'])
      expect(await users({ apiKey, since: 200 })).toEqual(['carol', 'a%b', 'Alina'])
      expect(await users({ apiKey, since: 200.001 })).toEqual(['carol', 'a%b'])
      expect(await users({ apiKey, until: 300 })).toEqual(['Alina'])
      expect(await store.countRefusals({ apiKey, until: 300.001 })).toBe(2)
    })

    it.each(REFUSAL_SORTS)('are listed page by page by %s, in both directions, and none twice', async (sort) => {
      const { store, apiKey, write, recordOf } = await openShop()
      const records = Array.from({ length: 7 }, (_none, at) =>
        recordOf({
          firstAt: 100 + (at % 3),
          lastAt: 200 + (at % 2),
          count: 1 + (at % 3),
          userId: `User ${at % 4}`,
          code: at % 2 ? 'token_expired' : 'token_missing',
        }),
      )
      await write(records)
      for (const isDescending of [true, false]) {
        const seen: RefusalRecord[] = []
        let after: RefusalPlace | undefined
        for (;;) {
          const page = await store.listRefusals({ apiKey, sort, isDescending, after, limit: 3 })
          const last = page.at(-1)
          if (last === undefined) break
          seen.push(...page)
          after = store.placeOf(last, sort)
        }
        expect(seen.map(({ refusalId }) => refusalId).sort()).toEqual(records.map(({ refusalId }) => refusalId))
        const values = seen.map((record) => store.placeOf(record, sort)[0])
        const sorted = [...values].sort((one, other) => (one === other ? 0 : one < other ? -1 : 1))
        expect(values).toEqual(isDescending ? sorted.reverse() : sorted)
      }
    })

    it('are deleted if they ended before a time, a part at a time, and the store knows since when they are kept', async () => {
      const { store, write, many, recordOf } = await openShop()
      expect(await store.refusalsKeptSince()).toBeUndefined()
      await write([...many(MAX_DELETED_AT_ONCE + 1), recordOf({ firstAt: 1, lastAt: 9_000 })])
      // Nobody knows what was before the first clean-up.
      expect(await store.forgetRefusals(500, 800.5)).toBe(false)
      expect(await store.refusalsKeptSince()).toBe(800.5)
      expect(await store.forgetRefusals(9_000, 9_100)).toBe(true)
      expect(await store.countRefusals({})).toBe(2)
      expect(await store.forgetRefusals(9_000, 9_100)).toBe(false)
      expect(await store.countRefusals({})).toBe(1)
      expect(await store.refusalsKeptSince()).toBe(9_000)
      await store.forgetRefusals(8_000, 9_100)
      expect(await store.refusalsKeptSince()).toBe(9_000)
    })

    it(`are at most ${MAX_STORED_PER_API_KEY} per API key: the oldest are deleted and counted, without affecting other API keys`, async () => {
      const { store, apiKey, make, write, many, trim, recordOf } = await openShop()
      const other = await make()
      const witness = recordOf({ apiKey: other, firstAt: 1, lastAt: 1 })
      await write([witness, ...many(MAX_STORED_PER_API_KEY)])
      await trim(apiKey, other)
      expect(await store.countRefusals({ apiKey })).toBe(MAX_STORED_PER_API_KEY)
      expect(await store.discardedRefusals(apiKey, 0)).toBeUndefined()
      await write([recordOf({ firstAt: 90_000, lastAt: 90_000 }), recordOf({ firstAt: 91_000, lastAt: 91_000 })])
      await trim(apiKey, other)
      expect(await store.countRefusals({ apiKey })).toBe(MAX_STORED_PER_API_KEY)
      expect(await store.countRefusals({ apiKey, until: 1_002 })).toBe(0)
      expect(await store.discardedRefusals(apiKey, 1_001)).toEqual({ count: 2, firstAt: 1_000, lastAt: 1_001 })
      expect(await store.discardedRefusals(apiKey, 1_001.5)).toBeUndefined()
      expect(await store.discardedRefusals(undefined, 0)).toMatchObject({ count: 2 })
      expect(await store.discardedRefusals(other, 0)).toBeUndefined()
      expect(await store.findRefusal(witness.refusalId)).toEqual(witness)
    }, 60_000)

    it('are never displaced by attempts without a valid signature', async () => {
      const { store, apiKey, write, many, trim, recordOf } = await openShop()
      const genuine = recordOf({ firstAt: 1, lastAt: 1 })
      await write([genuine])
      await write(many(MAX_STORED_PER_API_KEY + 3, { code: 'signature_invalid' }), false)
      await trim(apiKey)
      expect(await store.findRefusal(genuine.refusalId)).toEqual(genuine)
      expect(await store.countRefusals({ apiKey, code: 'signature_invalid' })).toBe(MAX_STORED_PER_API_KEY)
    }, 60_000)

    it('are counted if they were dropped before they were written, and these counts expire too', async () => {
      const { store, apiKey } = await openShop()
      const dropped = (count: number, at: number) => new Map([[apiKey, { count, firstAt: at, lastAt: at + 1 }]])
      await store.writeRefusals([], dropped(5, 200))
      await store.writeRefusals([], dropped(2, 100))
      expect(await store.discardedRefusals(apiKey, 0)).toEqual({ count: 7, firstAt: 100, lastAt: 201 })
      await store.forgetRefusals(202, 300)
      expect(await store.discardedRefusals(apiKey, 0)).toBeUndefined()
    })

    it('are deleted with their API key, and a late one does not affect others', async () => {
      const { context, store, apiKey, make, write, recordOf } = await openShop()
      const other = await make()
      const [gone, kept] = [recordOf(), recordOf({ apiKey: other })]
      await store.writeRefusals(
        [gone, kept].map((record) => ({ record, isProven: true })),
        new Map([[apiKey, { count: 1, firstAt: 1, lastAt: 1 }]]),
      )
      await deleteApiKey(context, apiKey)
      await write([recordOf({ refusalId: 'rf_late' })])
      expect(await store.listRefusals(newestFirst)).toEqual([kept])
      expect(await store.discardedRefusals(undefined, 0)).toBeUndefined()
    })

    it('can be written while their API key is deleted, without a deadlock', async () => {
      const { context, store, apiKey, write, recordOf } = await openShop()
      const writes = Array.from({ length: 20 }, () => write([recordOf()]))
      await deleteApiKey(context, apiKey)
      await Promise.allSettled(writes)
      expect(await store.countRefusals({})).toBe(0)
    })
  })

  describe(`the refusals of all API keys on ${engine}`, () => {
    it(`are at most ${MAX_STORED}: the oldest are deleted first`, async () => {
      const { store, apiKey, make, write, many, trim, recordOf } = await openShop()
      const oldest = recordOf({ firstAt: 1, lastAt: 1 })
      await write([oldest])
      for (let count = 0; count < MAX_STORED; count += MAX_STORED_PER_API_KEY) {
        await write(many(MAX_STORED_PER_API_KEY, { apiKey: await make() }))
      }
      await trim(apiKey)
      expect(await store.countRefusals({})).toBe(MAX_STORED)
      expect(await store.findRefusal(oldest.refusalId)).toBeUndefined()
      expect(await store.discardedRefusals(apiKey, 0)).toEqual({ count: 1, firstAt: 1, lastAt: 1 })
    }, 120_000)
  })

  describe(`the hourly counts on ${engine}`, () => {
    const HOUR = 3_600
    const hourOf = (apiKey: string, rest: Partial<HourCounts> = {}): HourCounts => ({
      apiKey,
      hour: 0,
      admitted: 0,
      peakSessions: 0,
      refusals: {},
      ...rest,
    })
    const ever = { since: 0, until: 1_000 * HOUR }

    it('add up across processes, and the highest peak stays', async () => {
      const { location, store, apiKey } = await openShop()
      const others = await Promise.all([1, 2, 3].map(() => openStore(location)))
      for (const other of others) onTestFinished(() => other.store.close())
      const stores = [store, ...others.map((other) => other.store)]
      await Promise.all(
        stores.map((one, at) =>
          one.addHours(
            [apiKey, ALL_API_KEYS].map((name) =>
              hourOf(name, {
                hour: HOUR,
                admitted: 2,
                peakSessions: at,
                refusals: { token_expired: 3, token_missing: 1 },
              }),
            ),
          ),
        ),
      )
      const sum = { hour: HOUR, admitted: 8, peakSessions: 3, refusals: { token_expired: 12, token_missing: 4 } }
      expect(await store.listHours({ ...ever, apiKeys: [apiKey] })).toEqual([sum])
      expect(await store.listHours({ ...ever, apiKeys: [ALL_API_KEYS] })).toEqual([sum])
      expect(await store.sumRefusals({ ...ever, apiKeys: [apiKey] })).toEqual(
        expect.arrayContaining([{ apiKey, code: 'token_expired', count: 12 }]),
      )
    })

    it('are returned for the requested hours, summed over API keys', async () => {
      const { store, apiKey, make } = await openShop()
      const other = await make()
      await store.addHours([
        hourOf(apiKey, { hour: 0, admitted: 1, peakSessions: 1 }),
        hourOf(apiKey, { hour: HOUR, admitted: 2, peakSessions: 2 }),
        hourOf(other, { hour: HOUR, admitted: 4, peakSessions: 1, refusals: { session_limit: 1 } }),
        hourOf(apiKey, { hour: 2 * HOUR, admitted: 8, peakSessions: 1 }),
      ])
      const within = { since: HOUR, until: 2 * HOUR }
      expect(await store.listHours({ ...within, apiKeys: [apiKey] })).toMatchObject([{ hour: HOUR, admitted: 2 }])
      expect(await store.listHours({ ...within, apiKeys: [apiKey, other] })).toEqual([
        { hour: HOUR, admitted: 6, peakSessions: 3, refusals: { session_limit: 1 } },
      ])
      const toTheFraction = { since: HOUR - 0.5, until: HOUR + 0.5, apiKeys: [other] }
      expect(await store.listHours(toTheFraction)).toMatchObject([{ hour: HOUR, admitted: 4 }])
      expect(await store.sumRefusals(toTheFraction)).toEqual([{ apiKey: other, code: 'session_limit', count: 1 }])
      expect(await store.listHours({ ...within, apiKeys: [] })).toEqual([])
      expect(await store.sumRefusals({ ...within, apiKeys: [] })).toEqual([])
    })

    it('are deleted when they are old, a part at a time', async () => {
      const { store, apiKey } = await openShop()
      const hours = Array.from({ length: MAX_HOURS_DELETED_AT_ONCE + 1 }, (_none, at) =>
        hourOf(apiKey, { hour: at * HOUR, admitted: 1, refusals: { token_expired: 1 } }),
      )
      await store.addHours(hours)
      const left = () => store.listHours({ since: 0, until: 1e9, apiKeys: [apiKey] })
      const last = MAX_HOURS_DELETED_AT_ONCE * HOUR
      expect(await store.forgetHours(last)).toBe(true)
      while (await store.forgetHours(last));
      expect(await left()).toEqual([{ hour: last, admitted: 1, peakSessions: 0, refusals: { token_expired: 1 } }])
    })

    it('are deleted with their API key, but stay in the totals', async () => {
      const { context, store, apiKey } = await openShop()
      await store.addHours(
        [apiKey, ALL_API_KEYS].map((name) => hourOf(name, { admitted: 1, refusals: { ejected: 1 } })),
      )
      await deleteApiKey(context, apiKey)
      await store.addHours([hourOf(apiKey, { admitted: 1, refusals: { ejected: 1 } })])
      expect(await store.listHours({ ...ever, apiKeys: [apiKey] })).toEqual([])
      expect(await store.listHours({ ...ever, apiKeys: [ALL_API_KEYS] })).toMatchObject([{ admitted: 1 }])
    })
  })
}
