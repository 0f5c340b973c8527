import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { FORGET_INTERVAL_SECONDS, forgetPeriodically } from './forget.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

it('deletes at startup and every hour, even after a failure of the store, until it is stopped', async () => {
  const asked: number[] = []
  const onError = vi.fn()
  const forget = async (now: number) => {
    asked.push(now)
    if (asked.length === 2) throw new Error('no answer')
  }
  const stop = forgetPeriodically({ forget: [forget], clock: systemClock, onError })
  await vi.advanceTimersByTimeAsync(2 * FORGET_INTERVAL_SECONDS * 1000)
  expect(asked).toEqual([0, 3_600, 7_200])
  expect(onError).toHaveBeenCalledTimes(1)
  stop()
  await vi.advanceTimersByTimeAsync(2 * FORGET_INTERVAL_SECONDS * 1000)
  expect(asked).toHaveLength(3)
})
