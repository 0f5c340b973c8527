import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import {
  FORGIVE_SECONDS,
  FREE_TRIES,
  MAX_PAUSE_SECONDS,
  MAX_REMEMBERED_NAMES,
  MAX_SUSPECT_TRIES,
  MAX_TRIES_AT_A_TIME,
  Throttle,
} from './throttle.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000)
const under = (...names: string[]) => names.map((name) => ({ name, most: 1_000 }))

function open() {
  const throttle = new Throttle(systemClock)
  const fail = (times: number, ...names: string[]) => {
    for (let at = 0; at < times; at++) throttle.recordFailure(names)
  }
  /** How long an attempt waits, in seconds; the limit of the wait. */
  async function waitOf(...names: string[]) {
    const begun = Date.now()
    let waited: number | undefined
    void throttle.inTurn(under(...names), () => {
      // Timers count whole milliseconds.
      waited = Math.round((Date.now() - begun) / 10) / 100
    })
    await pass(10)
    return waited
  }
  return { throttle, fail, waitOf }
}

describe('repeated failures', () => {
  it('are not delayed at first, then longer each time, up to a limit', async () => {
    const { fail, waitOf } = open()
    const waits = []
    for (let at = 0; at <= FREE_TRIES + 6; at++) {
      waits.push(await waitOf('alice'))
      fail(1, 'alice')
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, 0.1, 0.2, 0.4, 0.8, 1.6, 2, 2])
  })

  it('delay nobody else, and the longest delay of several names applies', async () => {
    const { fail, waitOf } = open()
    fail(FREE_TRIES, 'alice')
    expect(await waitOf('bob')).toBe(0)
    expect(await waitOf('bob', 'alice')).toBe(0.1)
  })

  it('are forgotten after a while, or immediately on request', async () => {
    const { throttle, fail, waitOf } = open()
    fail(FREE_TRIES, 'alice', 'bob')
    throttle.forgive(['bob'])
    expect(await waitOf('bob')).toBe(0)
    await pass(FORGIVE_SECONDS - 20)
    expect(await waitOf('alice')).toBe(0.1)
    await pass(20)
    expect(await waitOf('alice')).toBe(0)
  })

  it('are forgotten if too many others follow', async () => {
    const { fail, waitOf } = open()
    fail(FREE_TRIES, 'alice')
    for (let at = 1; at < MAX_REMEMBERED_NAMES; at++) fail(1, `other ${at}`)
    expect(await waitOf('alice')).toBe(0.1)
    fail(1, 'one more')
    expect(await waitOf('alice')).toBe(0)
  })

  it('run one after the other, even if many start at once', async () => {
    const { throttle, fail } = open()
    fail(20, 'alice')
    const begun: number[] = []
    for (let at = 0; at < 5; at++) {
      void throttle.inTurn(under('alice'), () => {
        begun.push(Date.now() / 1_000 - 1_000_000)
        throttle.recordFailure(['alice'])
      })
    }
    await pass(60)
    expect(begun).toEqual([1, 2, 3, 4, 5].map((turn) => turn * MAX_PAUSE_SECONDS))
  })

  it('are refused beyond the limit of attempts for one name', async () => {
    const { throttle } = open()
    const forever = () => new Promise<never>(() => {})
    const names = [
      { name: 'alice', most: 2 },
      { name: 'office', most: 3 },
    ]
    for (let at = 0; at < 2; at++) void throttle.inTurn(names, forever)
    expect(await throttle.inTurn(names, () => 'tried')).toBeUndefined()
    const bob = [{ name: 'bob', most: 2 }, names[1] as (typeof names)[number]]
    expect(await throttle.inTurn(bob, () => 'tried')).toEqual({ result: 'tried' })
    void throttle.inTurn(bob, forever)
    expect(await throttle.inTurn(bob, () => 'tried')).toBeUndefined()
  })

  it('leave room for others, however many names have failed', async () => {
    const { throttle, fail } = open()
    const forever = () => new Promise<never>(() => {})
    const names = Array.from({ length: 10 * MAX_TRIES_AT_A_TIME }, (_, at) => `guesser ${at}`)
    for (const name of names) fail(1, name)
    for (const name of names) void throttle.inTurn(under(name), forever)
    expect(await throttle.inTurn(under('one more guesser'), () => 'tried')).toEqual({ result: 'tried' })
    expect(await throttle.inTurn(under(names[0] as string), () => 'tried')).toBeUndefined()
    const honest = Array.from({ length: MAX_TRIES_AT_A_TIME - MAX_SUSPECT_TRIES }, (_, at) => `honest ${at}`)
    for (const name of honest) void throttle.inTurn(under(name), forever)
    expect(await throttle.inTurn(under('too late'), () => 'tried')).toBeUndefined()
  })

  it('release their place, even if the attempt throws', async () => {
    const { throttle } = open()
    const one = [{ name: 'alice', most: 1 }]
    const failing = throttle.inTurn(one, () => Promise.reject(new Error('store down')))
    await expect(failing).rejects.toThrow('store down')
    expect(await throttle.inTurn(one, () => 'tried')).toEqual({ result: 'tried' })
  })
})
