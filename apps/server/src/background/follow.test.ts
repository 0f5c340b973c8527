import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { FOLLOW_INTERVAL_SECONDS, followStore } from './follow.ts'
import { STEADY_SECONDS, StoreHealth } from './store-health.ts'

const BEAT_MS = FOLLOW_INTERVAL_SECONDS * 1000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function follow() {
  let count = 1
  let fails = false
  let takesChanges = true
  const refresh = vi.fn(async () => new Set(['shop']))
  const onChange = vi.fn()
  const onError = vi.fn()
  const onRecovery = vi.fn()
  const changeCount = async () => {
    if (fails) throw new Error('no answer')
    return count
  }
  const probeWrite = vi.fn(async () => {
    if (!takesChanges) throw new Error('no space')
  })
  const health = new StoreHealth({ clock: systemClock, onError, onRecovery })
  const { stop, refreshNow } = followStore({
    keyring: { refresh },
    store: { changeCount, probeWrite },
    clock: systemClock,
    onChange,
    health,
  })
  return {
    refresh,
    onChange,
    onError,
    onRecovery,
    stop,
    refreshNow,
    probeWrite,
    recordFailure: health.recordFailure,
    takeChanges: (now: boolean) => {
      takesChanges = now
    },
    change: () => count++,
    fail: (now: boolean) => {
      fails = now
    },
  }
}

describe('a keyring that follows its store', () => {
  it('applies changes of this process immediately, even during a refresh', async () => {
    const { refresh, change, refreshNow, stop } = follow()
    await refreshNow()
    change()
    await Promise.all([refreshNow(), refreshNow()])
    expect(refresh).toHaveBeenCalledTimes(2)
    stop()
    change()
    await refreshNow()
    expect(refresh).toHaveBeenCalledTimes(2)
  })

  it('refreshes within one interval of a change, and not otherwise', async () => {
    const { refresh, change, stop } = follow()
    await vi.advanceTimersByTimeAsync(4 * BEAT_MS)
    expect(refresh).toHaveBeenCalledTimes(1)
    change()
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    expect(refresh).toHaveBeenCalledTimes(2)
    stop()
  })

  it('reports a failing store once, resumes when it answers, and reports that', async () => {
    const { refresh, onError, onRecovery, change, fail, stop } = follow()
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    fail(true)
    change()
    await vi.advanceTimersByTimeAsync(2 * BEAT_MS)
    expect(onError).toHaveBeenCalledTimes(1)
    expect(onRecovery).not.toHaveBeenCalled()
    fail(false)
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    expect(refresh).toHaveBeenCalledTimes(2)
    expect(onRecovery).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(STEADY_SECONDS * 1_000 + BEAT_MS)
    expect(onRecovery).toHaveBeenCalledTimes(1)
    stop()
  })

  it('reports an intermittently failing store once, and once when it is stable again', async () => {
    const { onError, onRecovery, fail, stop } = follow()
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    for (let turn = 0; turn < 10; turn++) {
      fail(turn % 2 === 0)
      await vi.advanceTimersByTimeAsync(2 * BEAT_MS)
    }
    expect(onRecovery).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2 * STEADY_SECONDS * 1_000)
    expect([onError.mock.calls.length, onRecovery.mock.calls.length]).toEqual([1, 1])
    stop()
  })

  it('counts as recovered once the store accepts changes, which is tried once a second until then', async () => {
    const { recordFailure, takeChanges, probeWrite, onError, onRecovery, stop } = follow()
    await vi.advanceTimersByTimeAsync(10 * STEADY_SECONDS * 1_000)
    expect(probeWrite).not.toHaveBeenCalled()
    takeChanges(false)
    for (let change = 0; change < 3; change++) recordFailure(new Error('no space'))
    await vi.advanceTimersByTimeAsync(10 * STEADY_SECONDS * 1_000)
    expect(probeWrite.mock.calls.length).toBeGreaterThan(5)
    expect(probeWrite.mock.calls.length).toBeLessThanOrEqual(10)
    expect([onError.mock.calls.length, onRecovery.mock.calls.length]).toEqual([1, 0])
    takeChanges(true)
    await vi.advanceTimersByTimeAsync(2 * STEADY_SECONDS * 1_000)
    expect(onRecovery).toHaveBeenCalledTimes(1)
    stop()
  })

  it('stops refreshing once it is stopped', async () => {
    const { refresh, change, stop } = follow()
    stop()
    change()
    await vi.advanceTimersByTimeAsync(4 * BEAT_MS)
    expect(refresh).not.toHaveBeenCalled()
  })
})
