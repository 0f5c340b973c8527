import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../clock.ts'
import type { NewDelivery } from './delivery.ts'
import type { SealedEndpoint } from './endpoint.ts'
import { createIdGenerator } from './generate-id.ts'
import { MAX_DELIVERIES_PER_WRITE } from './outbox.ts'
import { RETIREMENTS_BACK_SECONDS, RETIREMENTS_SECONDS, watchRetirements } from './watch-retirements.ts'
import type { Retirement } from './webhook-store.ts'

const START = 1_000_000
const BEAT_MS = RETIREMENTS_SECONDS * 1000

beforeEach(() => {
  vi.useFakeTimers({ now: START * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function watch(retirements: Retirement[], endpointSince = 0) {
  const added: NewDelivery[] = []
  const batches: number[] = []
  let fails = false
  const stop = watchRetirements({
    store: {
      async listRetirements(apiKeys, after, until) {
        if (fails) throw new Error('no answer')
        return retirements.filter(
          ({ apiKey, retiresAt }) => apiKeys.includes(apiKey) && retiresAt > after && retiresAt <= until,
        )
      },
      async addDeliveries(deliveries) {
        added.push(...deliveries)
        batches.push(deliveries.length)
        return []
      },
    },
    directory: {
      apiKeysThatWant: () => ['shop'],
      whoWants: () => [{ endpointId: 'ep_shop', createdAt: endpointSince } as SealedEndpoint],
    },
    clock: systemClock,
    generateId: createIdGenerator(systemClock.now),
    onWritten: () => {},
    onError: () => {},
  })
  return {
    stop,
    batches,
    added: () => added.splice(0),
    fail: (now: boolean) => {
      fails = now
    },
  }
}

const keyOf = (keyId: string, retiresAt: number) => ({ apiKey: 'shop', keyId, kind: 'secret', retiresAt })

describe('a retired signing key', () => {
  it('is announced once, when it retires', async () => {
    const { added } = watch([keyOf('one', START + 3)])
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    expect(added()).toEqual([])
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    const [told] = added()
    expect(JSON.parse(told?.payload ?? '')).toEqual({
      type: 'signing_key.retired',
      timestamp: '1970-01-12T13:46:43.000Z',
      data: { apiKey: 'shop', keyId: 'one', kind: 'secret', retiredAt: '1970-01-12T13:46:43.000Z' },
    })
    await vi.advanceTimersByTimeAsync(100 * BEAT_MS)
    expect(added()).toEqual([])
  })

  it('is announced by each platform with the same id, so that it is written once', async () => {
    const keys = [keyOf('one', START - 5), keyOf('two', START - 5)]
    const [here, there] = [watch(keys), watch(keys)]
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    const [ids, others] = [here.added(), there.added()].map((added) => added.map(({ messageId }) => messageId))
    expect(ids).toEqual(others)
    expect(new Set(ids).size).toBe(2)
  })

  it('is announced even if no platform ran for a while, but not to endpoints created later', async () => {
    const back = START - RETIREMENTS_BACK_SECONDS
    const keys = [keyOf('long ago', back), keyOf('lately', back + 1)]
    const here = watch(keys)
    const there = watch(keys, back + 2)
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    expect(here.added().map(({ orderingKey }) => orderingKey)).toEqual(['signing key "lately"'])
    expect(there.added()).toEqual([])
  })

  it('is written in bounded batches', async () => {
    const keys = Array.from({ length: MAX_DELIVERIES_PER_WRITE + 1 }, (_, at) => keyOf(`${at}`, START - 5))
    const { batches } = watch(keys)
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    expect(batches).toEqual([MAX_DELIVERIES_PER_WRITE, 1])
  })

  it('is announced once the store answers again', async () => {
    const { added, fail, stop } = watch([keyOf('one', START + 1)])
    fail(true)
    await vi.advanceTimersByTimeAsync(100 * BEAT_MS)
    fail(false)
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    expect(added()).toHaveLength(1)
    stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})
