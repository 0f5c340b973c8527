import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createApiKey } from '../api-key/keys.ts'
import { systemClock } from '../clock.ts'
import { openStore } from '../store/open.ts'
import { temporaryFolder } from '../store/store.fixture.ts'
import { StoreDownError } from '../store-down.ts'
import { MIN_KEEP_SECONDS } from './keep.ts'
import { reportOf } from './refusal.fixture.ts'
import { MAX_WRITTEN_AT_ONCE, RefusalHistory, TRIM_AFTER, WRITE_SECONDS } from './refusal-history.ts'
import type { RefusalStore } from './refusal-store.ts'
import { MAX_REFUSALS_PER_API_KEY, Refusals } from './refusals.ts'

const NOW = 1_000_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOW * 1_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

async function open() {
  const dataFolder = temporaryFolder()
  const { store, seal } = await openStore({ dataFolder })
  onTestFinished(() => store.close())
  const { apiKey } = (await createApiKey({ store, seal, now: () => NOW }, { name: 'Shop' })).apiKey
  const onError = vi.fn()
  const onSetAside = vi.fn()
  const start = (changes: Partial<RefusalStore> = {}) =>
    new RefusalHistory({
      log: new Refusals((name) => !name.startsWith('nobody')),
      store: { ...store, ...changes },
      clock: systemClock,
      keepSeconds: MIN_KEEP_SECONDS,
      onError,
      onSetAside,
    })
  const report = (rest: Partial<ReturnType<typeof reportOf>> = {}) =>
    reportOf({ apiKey, at: systemClock.now(), ...rest })
  return { store, apiKey, start, report, onError, onSetAside }
}

/** Lets time pass, and the pending writes run. */
async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1_000)
  for (let turns = 0; turns < 5; turns++) await new Promise((turn) => setImmediate(turn))
}

const newest = { sort: 'lastAt', isDescending: true, limit: 10 } as const

describe('the refusal log', () => {
  it('is in the store a second later, where the next process finds it by its first and latest id', async () => {
    const { store, apiKey, start, report } = await open()
    const history = start()
    const [first, second] = [report(), report()]
    history.note(first)
    history.note(second)
    expect(await store.countRefusals({})).toBe(0)
    await pass(WRITE_SECONDS)
    expect(await store.countRefusals({})).toBe(1)
    const later = start()
    for (const { refusalId } of [first, second]) expect(await later.find(refusalId)).toMatchObject({ count: 2 })
    expect(await later.list({ limit: 10 })).toMatchObject({ total: 1, refusals: [{ apiKey, count: 2 }] })
  })

  it('is written at a regular shutdown', async () => {
    const { start, report } = await open()
    const history = start()
    const one = report()
    history.note(one)
    await history.close()
    expect(await start().find(one.refusalId)).toBeDefined()
  })

  it('returns a new refusal immediately', async () => {
    const { apiKey, start, report } = await open()
    const history = start()
    const one = report()
    history.note(one)
    expect(await history.find(one.refusalId)).toMatchObject({ count: 1 })
    expect((await history.page({ ...newest, apiKey })).total).toBe(1)
    history.note(report())
    expect((await history.page({ ...newest, apiKey })).refusals).toMatchObject([{ count: 2 }])
  })

  it('keeps refusals of API keys that do not exist in memory only', async () => {
    const { store, start, report } = await open()
    const history = start()
    const stranger = report({ apiKey: 'nobody' })
    history.note(stranger)
    history.note(report())
    await pass(WRITE_SECONDS)
    expect(await store.countRefusals({})).toBe(1)
    expect(await history.find(stranger.refusalId)).toBeDefined()
    expect(await history.list({ limit: 10 })).toMatchObject({ total: 2 })
    expect(await history.list({ limit: 10, apiKey: 'nobody' })).toMatchObject({ total: 1 })
    expect(await start().list({ limit: 10 })).toMatchObject({ total: 1 })
  })

  it('is kept for the configured time, and says since when', async () => {
    const { apiKey, start, report } = await open()
    const history = start()
    await history.cleanUp()
    expect(await history.page({ ...newest, apiKey })).toMatchObject({ keptSince: NOW, discarded: undefined })
    const one = report()
    history.note(one)
    await pass(MIN_KEEP_SECONDS)
    expect(await history.find(one.refusalId)).toBeDefined()
    await pass(1)
    // Neither before nor after it is deleted.
    for (const _time of ['before', 'after']) {
      expect(await history.find(one.refusalId)).toBeUndefined()
      expect((await history.page({ ...newest, apiKey })).total).toBe(0)
      expect((await history.list({ limit: 10 })).keptSince).toBe(NOW + 1)
      await history.cleanUp()
    }
    expect(await start().find(one.refusalId)).toBeUndefined()
  })

  it('reports what was dropped, so that an empty list is never mistaken for no refusals', async () => {
    const { apiKey, start, report } = await open()
    const history = start()
    await history.cleanUp()
    // More than can wait for one write.
    for (let at = 0; at < MAX_REFUSALS_PER_API_KEY; at++)
      history.note(report({ userId: `user ${at}`, isProven: false }))
    const { total, discarded } = await history.page({ ...newest, apiKey })
    expect(total + (discarded?.count ?? 0)).toBe(MAX_REFUSALS_PER_API_KEY)
    expect(discarded?.count).toBeGreaterThan(0)
    expect((await start().list({ limit: 1 })).discarded).toEqual(discarded)
    for (let at = 0; at <= MAX_REFUSALS_PER_API_KEY; at++)
      history.note(report({ apiKey: 'nobody', userId: `user ${at}` }))
    expect((await history.list({ limit: 1 })).discarded?.count).toBe((discarded?.count ?? 0) + 1)
  })

  it(`writes at most ${MAX_WRITTEN_AT_ONCE} a second in a flood, and enforces the limits`, async () => {
    const { start, report } = await open()
    const sizes: number[] = []
    const trims: number[] = []
    const history = start({
      writeRefusals: async (batch) => void sizes.push(batch.length),
      trimRefusals: async () => {
        trims.push(sizes.length)
        return false
      },
    })
    const seconds = 2 * (TRIM_AFTER / MAX_WRITTEN_AT_ONCE)
    for (let second = 0; second < seconds; second++) {
      for (let at = 0; at < 1_000; at++) history.note(report({ userId: `${second} ${at}`, isProven: false }))
      await pass(1)
    }
    expect(sizes.every((size) => size <= MAX_WRITTEN_AT_ONCE)).toBe(true)
    expect(sizes.length).toBeLessThanOrEqual(seconds)
    expect(trims).toHaveLength(2)
  })

  it('retries while the store is down, reports it once, and answers from memory meanwhile', async () => {
    const { store, start, report, onError } = await open()
    let isDown = true
    const orDown =
      <A extends unknown[], T>(run: (...args: A) => Promise<T>) =>
      async (...args: A) => {
        if (isDown) throw new StoreDownError('down')
        return run(...args)
      }
    const history = start({
      writeRefusals: orDown(store.writeRefusals),
      listRefusals: orDown(store.listRefusals),
      refusalsKeptSince: orDown(store.refusalsKeptSince),
      findRefusal: orDown(store.findRefusal),
    })
    const one = report()
    history.note(one)
    await pass(5)
    expect(onError).toHaveBeenCalledTimes(1)
    expect(await history.find(one.refusalId)).toBeDefined()
    await expect(history.find('rf_none')).rejects.toThrow(StoreDownError)
    expect(await history.list({ limit: 10 })).toMatchObject({ total: 1, keptSince: NOW })
    isDown = false
    await pass(2)
    expect(await store.findRefusal(one.refusalId)).toBeDefined()
  })

  it('sets aside a refusal that the store rejects, counts it as dropped, and writes the others', async () => {
    const { store, apiKey, start, report, onSetAside } = await open()
    const history = start({
      async writeRefusals(batch, discarded) {
        if (batch.some(({ record }) => record.userId === 'bad')) throw new Error('invalid byte sequence')
        return store.writeRefusals(batch, discarded)
      },
    })
    for (const userId of ['alice', 'bad', 'bob']) history.note(report({ userId }))
    for (let second = 0; second < 2; second++) await pass(WRITE_SECONDS)
    expect(await store.countRefusals({ apiKey })).toBe(2)
    expect(onSetAside).toHaveBeenCalledTimes(1)
    expect(await store.discardedRefusals(apiKey, 0)).toMatchObject({ count: 1 })
  })

  it('drops the refusals of a deleted API key from memory', async () => {
    const { store, apiKey, start, report } = await open()
    const history = start()
    const one = report()
    history.note(one)
    await pass(WRITE_SECONDS)
    await store.deleteApiKey(apiKey)
    history.forgetApiKey(apiKey)
    expect(await history.find(one.refusalId)).toBeUndefined()
    expect((await history.list({ limit: 10 })).total).toBe(0)
  })

  it('finds a refusal by its text before control characters were removed', async () => {
    const { apiKey, start, report } = await open()
    const history = start()
    history.note(report({ userId: 'a?b' }))
    for (const selection of [{ userId: 'a\u0000b' }, { search: 'A\u0000' }]) {
      expect((await history.page({ ...newest, apiKey, ...selection })).total).toBe(1)
    }
  })
})
