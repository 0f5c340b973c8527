import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createApiKey } from '../api-key/keys.ts'
import { systemClock } from '../clock.ts'
import { openStore } from '../store/open.ts'
import { temporaryFolder } from '../store/store.fixture.ts'
import { COUNT_SECONDS, HourlyCounts, MAX_HOURS_WAITING } from './hourly-counts.ts'
import { createReadCounts } from './read-counts.ts'
import { ALL_API_KEYS, HOUR_SECONDS, type HourCounts, KEEP_HOURS_SECONDS } from './traffic-store.ts'

/** The beginning of an hour. */
const START = 1_000 * HOUR_SECONDS

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START * 1_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

async function open() {
  const { store, seal } = await openStore({ dataFolder: temporaryFolder() })
  onTestFinished(() => store.close())
  const { apiKey } = (await createApiKey({ store, seal, now: () => START }, { name: 'Shop' })).apiKey
  const state = { isDown: false, writes: 0 }
  const onError = vi.fn()
  const addHours = async (hours: readonly HourCounts[]) => {
    if (state.isDown) throw new Error('down')
    if (hours.length > 0) state.writes++
    await store.addHours(hours)
  }
  const isApiKey = (name: string) => name === apiKey
  const counts = new HourlyCounts({ store: { ...store, addHours }, clock: systemClock, isApiKey, onError })
  const read = createReadCounts(counts, store, systemClock.now)
  const hours = (name = apiKey) => store.listHours({ apiKeys: [name], since: 0, until: 2 * START })
  return { store, apiKey, state, onError, counts, read, hours }
}

async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1_000)
  for (let turns = 0; turns < 5; turns++) await new Promise((turn) => setImmediate(turn))
}

describe('the counts by the hour', () => {
  it('contain registrations, refusals and the peak of sessions, per API key and in total', async () => {
    const { apiKey, counts, hours } = await open()
    for (let time = 0; time < 3; time++) counts.opened(apiKey)
    counts.closed(apiKey)
    counts.opened(apiKey)
    counts.refused({ apiKey, code: 'token_expired' })
    counts.refused({ apiKey, code: 'token_expired' })
    counts.refused({ apiKey: 'nobody', code: 'api_key_unknown' })
    await pass(COUNT_SECONDS)
    const expected = [{ hour: START, admitted: 4, peakSessions: 3, refusals: { token_expired: 2 } }]
    expect(await hours()).toEqual(expected)
    expect(await hours(ALL_API_KEYS)).toEqual(expected)
  })

  it('include sessions that stay open, written once an hour', async () => {
    const { apiKey, counts, state, hours } = await open()
    counts.opened(apiKey)
    counts.opened(apiKey)
    for (let minute = 0; minute < 121; minute++) await pass(60)
    expect((await hours()).map(({ hour, peakSessions }) => [hour - START, peakSessions])).toEqual([
      [0, 2],
      [HOUR_SECONDS, 2],
      [2 * HOUR_SECONDS, 2],
    ])
    expect(state.writes).toBe(3)
  })

  it('include a session that ends right after the hour begins', async () => {
    const { apiKey, counts, hours } = await open()
    counts.opened(apiKey)
    await pass(HOUR_SECONDS - 1)
    vi.setSystemTime((START + HOUR_SECONDS) * 1_000)
    counts.closed(apiKey)
    await counts.flush()
    expect((await hours()).map(({ peakSessions }) => peakSessions)).toEqual([1, 1])
  })

  it('wait while the store is down, without loss or duplicates, and the failure is reported once', async () => {
    const { apiKey, counts, state, onError, hours } = await open()
    state.isDown = true
    counts.opened(apiKey)
    counts.refused({ apiKey, code: 'token_expired' })
    await pass(COUNT_SECONDS)
    counts.opened(apiKey)
    counts.refused({ apiKey, code: 'token_expired' })
    counts.refused({ apiKey, code: 'token_missing' })
    await pass(3 * COUNT_SECONDS)
    expect(onError).toHaveBeenCalledTimes(1)
    state.isDown = false
    await pass(COUNT_SECONDS)
    const refusals = { token_expired: 2, token_missing: 1 }
    expect(await hours()).toEqual([{ hour: START, admitted: 2, peakSessions: 2, refusals }])
  })

  it(`cover at most ${MAX_HOURS_WAITING} hours of API keys while they wait`, () => {
    const addHours = async () => {
      throw new Error('down')
    }
    const store = { addHours } as never
    const clock = { now: () => START, after: () => () => {} }
    const counts = new HourlyCounts({ store, clock, isApiKey: () => true, onError: () => {} })
    for (let at = 0; at < MAX_HOURS_WAITING + 100; at++) counts.refused({ apiKey: `key ${at}`, code: 'token_missing' })
    expect(counts.waiting).toBe(MAX_HOURS_WAITING)
  })

  it('are written at a regular shutdown', async () => {
    const { apiKey, counts, hours } = await open()
    counts.opened(apiKey)
    await counts.close()
    expect(await hours()).toMatchObject([{ admitted: 1 }])
  })

  it('are deleted after 90 days', async () => {
    const { apiKey, counts, hours } = await open()
    counts.opened(apiKey)
    counts.closed(apiKey)
    await counts.flush()
    vi.setSystemTime((START + KEEP_HOURS_SECONDS) * 1_000)
    await counts.cleanUp()
    expect(await hours()).toHaveLength(1)
    vi.setSystemTime((START + KEEP_HOURS_SECONDS + HOUR_SECONDS) * 1_000)
    await counts.cleanUp()
    expect(await hours()).toEqual([])
  })
})

describe('reading the counts', () => {
  it('sums them by longer steps, takes the highest peak, and says since when they exist', async () => {
    const { apiKey, store, counts, read } = await open()
    const hour = (at: number, admitted: number, peakSessions: number) => ({
      apiKey,
      hour: START + at * HOUR_SECONDS,
      admitted,
      peakSessions,
      refusals: { token_expired: 1 },
    })
    await store.addHours([hour(0, 1, 5), hour(1, 2, 3), hour(2, 4, 1)])
    vi.setSystemTime((START + 3 * HOUR_SECONDS) * 1_000)
    counts.opened(apiKey)
    const question = { apiKeys: [apiKey], since: START, until: START + 6 * HOUR_SECONDS, step: 2 * HOUR_SECONDS }
    expect(await read(question)).toEqual({
      steps: [
        { at: START, admitted: 3, peakSessions: 5, refusals: { token_expired: 2 } },
        { at: START + 2 * HOUR_SECONDS, admitted: 5, peakSessions: 1, refusals: { token_expired: 1 } },
        { at: START + 4 * HOUR_SECONDS, admitted: 0, peakSessions: 0, refusals: {} },
      ],
      countedSince: START,
    })
  })

  it('returns none if nothing was counted yet', async () => {
    const { read, apiKey } = await open()
    const question = { apiKeys: [apiKey], since: START, until: START + 1, step: HOUR_SECONDS }
    expect(await read(question)).toEqual({
      steps: [{ at: START, admitted: 0, peakSessions: 0, refusals: {} }],
      countedSince: START,
    })
  })
})
