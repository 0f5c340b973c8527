import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { FORGIVE_SECONDS, FREE_TRIES, MAX_REMEMBERED_NAMES, MAX_TRIES_AT_A_TIME, Throttle } from './throttle.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000)

function open() {
  const throttle = new Throttle(systemClock)
  const fail = (times: number, ...names: string[]) => {
    for (let at = 0; at < times; at++) throttle.note(names)
  }
  /** How long a try waits, in seconds; more than that is never waited. */
  async function waitOf(...names: string[]) {
    const begun = Date.now()
    let waited: number | undefined
    void throttle.inTurn(names, () => {
      waited = (Date.now() - begun) / 1_000
    })
    await pass(10)
    return waited
  }
  return { throttle, fail, waitOf }
}

describe('whoever tries in vain', () => {
  it('waits for nothing at first, then longer each time up to a bound', async () => {
    const { fail, waitOf } = open()
    const waits = []
    for (let at = 0; at <= FREE_TRIES + 6; at++) {
      waits.push(await waitOf('alice'))
      fail(1, 'alice')
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, 0.1, 0.2, 0.4, 0.8, 1.6, 2, 2])
  })

  it('makes nobody else wait, and the worst of several names decides', async () => {
    const { fail, waitOf } = open()
    fail(FREE_TRIES, 'alice')
    expect(await waitOf('bob')).toBe(0)
    expect(await waitOf('bob', 'alice')).toBe(0.1)
  })

  it('is forgiven after a while, and at once where it is said so', async () => {
    const { throttle, fail, waitOf } = open()
    fail(FREE_TRIES, 'alice', 'bob')
    throttle.forgive(['bob'])
    expect(await waitOf('bob')).toBe(0)
    await pass(FORGIVE_SECONDS - 20)
    expect(await waitOf('alice')).toBe(0.1)
    await pass(20)
    expect(await waitOf('alice')).toBe(0)
  })

  it('is forgotten where too many others came after', async () => {
    const { fail, waitOf } = open()
    fail(FREE_TRIES, 'alice')
    for (let at = 1; at < MAX_REMEMBERED_NAMES; at++) fail(1, `other ${at}`)
    expect(await waitOf('alice')).toBe(0.1)
    fail(1, 'one more')
    expect(await waitOf('alice')).toBe(0)
  })

  it('is turned away where too many wait already', async () => {
    const { throttle, fail } = open()
    fail(FREE_TRIES, 'alice')
    const waiting = Array.from({ length: MAX_TRIES_AT_A_TIME }, () => throttle.inTurn(['alice'], () => 'tried'))
    expect(await throttle.inTurn(['bob'], () => 'tried')).toBeUndefined()
    await pass(1)
    expect(await waiting.at(-1)).toEqual({ result: 'tried' })
    expect(await throttle.inTurn(['bob'], () => 'tried')).toEqual({ result: 'tried' })
  })
})
