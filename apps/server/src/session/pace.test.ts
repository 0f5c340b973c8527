import { MAX_CONTACTS_PER_CONVERSATION } from '@stagedoor/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_MESSAGES_PER_SECOND, DEFAULT_POLICY } from '../policy/policy.ts'
import { openTestRegistrar, requestOf } from '../registration/registrar.fixture.ts'
import {
  BURST_SECONDS,
  FANNED_OUT_BYTES,
  FRAME_BYTES,
  LEAST_OFFENCES,
  Pace,
  RENEWALS_PER_SECOND,
  SAID_BYTES,
} from './pace.ts'
import { sessionOf } from './session.fixture.ts'
import type { Session } from './session.ts'

const NOW = 1_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: NOW * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** How many of many are let through at that moment. */
function letThrough(count: () => number): number {
  let through = 0
  for (let sent = 0; sent < 100_000; sent++) if (count() === 0) through++
  return through
}

/** Counts a small frame of a session at the rate of its admission. */
const countFrame = ({ pace, admission }: Session, now: number) => pace.countFrame(admission.messagesPerSecond, 1, now)

describe('what a session sends', () => {
  it(`may be ${BURST_SECONDS} s' worth at once, and not one frame more`, () => {
    const { session } = sessionOf('alice', { messagesPerSecond: 7 })
    expect(letThrough(() => countFrame(session, NOW))).toBe(7 * BURST_SECONDS)
    expect(letThrough(() => countFrame(session, NOW + 1))).toBe(7)
  })

  it('meets no limit where one enters a full conversation, with two dozen candidates for each contact', () => {
    const others = MAX_CONTACTS_PER_CONVERSATION - 1
    const framesForEach = 1 + 24
    expect(others * framesForEach).toBeLessThan(DEFAULT_MESSAGES_PER_SECOND * BURST_SECONDS)
    const { session } = sessionOf('alice')
    for (let frame = 0; frame < others * framesForEach; frame++) expect(countFrame(session, NOW)).toBe(0)
  })

  it('is counted apart from its renewals', () => {
    const { session } = sessionOf('alice', { messagesPerSecond: 1 })
    expect(letThrough(() => countFrame(session, NOW))).toBe(BURST_SECONDS)
    expect(letThrough(() => session.pace.countRenewal(NOW))).toBe(RENEWALS_PER_SECOND * BURST_SECONDS)
    expect(session.pace.countRenewal(NOW + 1)).toBe(0)
  })

  it('is held to a policy that becomes stricter at once', () => {
    const { enter, change } = openTestRegistrar()
    const { session } = enter(requestOf('alice'))
    change({ rateLimits: { ...DEFAULT_POLICY.rateLimits, messagesPerSecond: 2 } })
    expect(letThrough(() => (session ? countFrame(session, NOW) : 0))).toBe(2 * BURST_SECONDS)
  })

  it('is counted in bytes too, up to a burst and not one byte more', () => {
    const pace = new Pace()
    const most = FRAME_BYTES.burst / 1_024
    expect(letThrough(() => pace.countFrame(1_000_000, 1_024, NOW))).toBe(most)
    expect(pace.countFrame(1_000_000, 1, NOW)).toBeGreaterThan(0)
    expect(pace.countFrame(1_000_000, FRAME_BYTES.perSecond, NOW + 1)).toBe(0)
  })

  it('costs it nothing of its frames where it has too many bytes, and the other way round', () => {
    const pace = new Pace()
    expect(pace.countFrame(1, FRAME_BYTES.burst + 1, NOW)).toBeGreaterThan(0)
    expect(letThrough(() => pace.countFrame(1, 1, NOW))).toBe(BURST_SECONDS)
    expect(pace.countFrame(1, FRAME_BYTES.burst - BURST_SECONDS, NOW + BURST_SECONDS)).toBe(0)
  })

  it('beyond its limits is an offence, of which there are some in proportion to its rate', () => {
    expect(letThrough(() => new Pace().countOffence(1, NOW))).toBe(100_000)
    const [slow, fast] = [new Pace(), new Pace()]
    expect(letThrough(() => slow.countOffence(1, NOW))).toBe(LEAST_OFFENCES.burst)
    expect(letThrough(() => fast.countOffence(500, NOW))).toBe(1_000)
    expect(letThrough(() => slow.countOffence(1, NOW + 1))).toBe(LEAST_OFFENCES.perSecond)
  })

  it('is counted as far as it is sent on, which is known afterwards: what is owed is waited for', () => {
    const pace = new Pace()
    expect(pace.waitToSay(NOW)).toBe(0)
    pace.owe(SAID_BYTES.burst, 1)
    expect(pace.waitToSay(NOW)).toBe(0)
    expect(pace.settle(NOW)).toBe(SAID_BYTES.burst)
    expect([pace.settle(NOW), pace.waitToSay(NOW)]).toEqual([0, 0])
    pace.owe(SAID_BYTES.perSecond, 1)
    pace.settle(NOW)
    expect(pace.waitToSay(NOW)).toBeCloseTo(1)
    expect(pace.waitToSay(NOW + 1)).toBe(0)
  })

  it('is counted for each of its receivers too', () => {
    const pace = new Pace()
    pace.owe(1, FANNED_OUT_BYTES.burst + FANNED_OUT_BYTES.perSecond)
    pace.settle(NOW)
    expect(pace.waitToSay(NOW)).toBeCloseTo(1)
  })
})
