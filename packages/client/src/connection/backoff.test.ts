import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { backoffMs, wait, waitForNetwork } from './backoff.ts'

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

it('a wait ends after the delay, and at once on an abort', async () => {
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

it('a wait that the gate asked for is not ended by a network that comes back, but by the delay and by an abort', async () => {
  const woken: string[] = []
  const network = new EventTarget()
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network))
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network))
  const abort = new AbortController()
  const never = new AbortController().signal
  void wait(1_000, never).then(() => woken.push('held'))
  void wait(60_000, abort.signal).then(() => woken.push('aborted'))
  void waitForNetwork(60_000, never).then(() => woken.push('network'))
  network.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(999)
  expect(woken).toEqual(['network'])
  await vi.advanceTimersByTimeAsync(1)
  abort.abort()
  await wait(60_000, abort.signal)
  await wait(0, never)
  expect(woken).toEqual(['network', 'held', 'aborted'])
  expect(vi.getTimerCount()).toBe(0)
  vi.unstubAllGlobals()
})
