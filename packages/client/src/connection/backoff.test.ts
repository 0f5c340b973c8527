import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { backoffMs, waitForNetwork } from './backoff.ts'

const ALMOST_1 = 1 - Number.EPSILON

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('the bound begins at half a second, doubles, and stays at 20 s', () => {
  const bounds = [0, 1, 2, 3, 4, 5, 6, 7, 2_000].map((attempt) => Math.ceil(backoffMs(attempt, ALMOST_1) / 100) * 100)
  expect(bounds).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000])
})

it('the jitter is full: any delay below the bound may come', () => {
  expect(backoffMs(5, 0)).toBe(0)
  expect(backoffMs(5, 0.5)).toBe(8_000)
})

it('whoever waits is woken after the delay, and at once by an abort', async () => {
  const woken: string[] = []
  const abort = new AbortController()
  void waitForNetwork(1_000, new AbortController().signal).then(() => woken.push('by the clock'))
  void waitForNetwork(60_000, abort.signal).then(() => woken.push('by the abort'))
  await vi.advanceTimersByTimeAsync(999)
  expect(woken).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(woken).toEqual(['by the clock'])
  abort.abort()
  await vi.advanceTimersByTimeAsync(0)
  expect(woken).toEqual(['by the clock', 'by the abort'])
  expect(vi.getTimerCount()).toBe(0)
})
