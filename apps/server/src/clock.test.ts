import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RECHECK_SECONDS, systemClock } from './clock.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000)
const step = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000)

describe('a scheduled function', () => {
  it.each([0.1, 1, RECHECK_SECONDS, RECHECK_SECONDS + 1, 3_600, 60 * 86_400])('runs %d s later, once', (seconds) => {
    const run = vi.fn()
    systemClock.after(seconds, run)
    pass(seconds - 0.001)
    expect(run).not.toHaveBeenCalled()
    pass(0.002)
    expect(run).toHaveBeenCalledOnce()
    pass(90 * 86_400)
    expect(run).toHaveBeenCalledOnce()
  })

  it(`runs ${RECHECK_SECONDS} s after the clock jumped past its time, as after the machine slept`, () => {
    const run = vi.fn()
    systemClock.after(3_600, run)
    pass(10)
    step(7_200)
    pass(RECHECK_SECONDS)
    expect(run).toHaveBeenCalledOnce()
  })

  it('runs at its time by the clock if the clock jumped less far', () => {
    const run = vi.fn()
    systemClock.after(3_600, run)
    step(3_000)
    pass(599)
    expect(run).not.toHaveBeenCalled()
    pass(1.1)
    expect(run).toHaveBeenCalledOnce()
  })

  it('runs no later if the clock is set back', () => {
    const run = vi.fn()
    systemClock.after(3_600, run)
    pass(60)
    step(-7_200)
    pass(3_540)
    expect(run).toHaveBeenCalledOnce()
  })

  it('does not run if it was cancelled, however long the machine slept', () => {
    const run = vi.fn()
    const cancel = systemClock.after(3_600, run)
    pass(1_000)
    cancel()
    pass(10_000)
    expect(run).not.toHaveBeenCalled()
  })
})
