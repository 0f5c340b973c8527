import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PROBE_TIMEOUT_MS, SILENCE_MS, watchLiveness } from './liveness.ts'

const START = 1_000_000_000_000
let heardAt: number
const ask = vi.fn()
const lose = vi.fn()
let stop: () => void
let page: EventTarget & { visibilityState?: string }

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  const network = new EventTarget()
  page = new EventTarget()
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network))
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network))
  vi.stubGlobal('dispatchEvent', network.dispatchEvent.bind(network))
  vi.stubGlobal('document', page)
  heardAt = START
  stop = watchLiveness({ heardAt: () => heardAt, ask, lose })
})
afterEach(() => {
  stop()
  vi.clearAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a connection', () => {
  it('on which nothing is heard is asked about after 30 s, and given up where nothing is heard then', () => {
    vi.advanceTimersByTime(SILENCE_MS)
    expect(ask).not.toHaveBeenCalled()
    vi.advanceTimersByTime(5_000)
    expect(ask).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(PROBE_TIMEOUT_MS - 1)
    expect(lose).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(lose).toHaveBeenCalledOnce()
  })

  it('on which the answer is heard goes on', () => {
    ask.mockImplementation(() => {
      heardAt = Date.now() + 1
    })
    vi.advanceTimersByTime(10 * SILENCE_MS)
    expect(lose).not.toHaveBeenCalled()
    expect(ask.mock.calls.length).toBeGreaterThan(5)
  })

  it.each(['online', 'offline', 'pageshow'])('is asked about at once on "%s"', (event) => {
    vi.advanceTimersByTime(1_000)
    globalThis.dispatchEvent(new Event(event))
    expect(ask).toHaveBeenCalledOnce()
  })

  it('is asked about at once when the page is shown again, and not when it is hidden', () => {
    page.visibilityState = 'hidden'
    page.dispatchEvent(new Event('visibilitychange'))
    expect(ask).not.toHaveBeenCalled()
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    expect(ask).toHaveBeenCalledOnce()
  })

  it.each([
    ['the machine has slept', 60_000],
    ['its clock was set back', -60_000],
  ])('is asked about when %s', (_what, jumpMs) => {
    vi.advanceTimersByTime(4_000)
    heardAt = Date.now() + jumpMs
    vi.setSystemTime(Date.now() + jumpMs)
    vi.advanceTimersByTime(1_000)
    expect(ask).toHaveBeenCalledOnce()
  })

  it('is not looked after any more once it has ended', () => {
    stop()
    globalThis.dispatchEvent(new Event('online'))
    vi.advanceTimersByTime(10 * SILENCE_MS)
    expect([ask.mock.calls.length, lose.mock.calls.length]).toEqual([0, 0])
  })
})
