import { describe, expect, it } from 'vitest'
import { FORGET_AFTER_SECONDS, MAX_METERED, perMinute, RateLimiter } from './rate-limiter.ts'

const NOW = 1_764_000_000
const TWO = perMinute(2)

/** Names that nobody else has, one bucket used up for each. */
function flood(limiter: RateLimiter, count: number, now: number): void {
  for (let at = 0; at < count; at++) limiter.take(`flood ${at}`, TWO, now)
}

describe('a rate limiter', () => {
  it('counts each name by itself', () => {
    const limiter = new RateLimiter()
    expect(['alice', 'alice', 'bob'].map((name) => limiter.take(name, TWO, NOW))).toEqual([0, 0, 0])
    expect(limiter.take('alice', TWO, NOW)).toBe(30)
    expect(limiter.take('bob', TWO, NOW)).toBe(0)
    expect(limiter.wait('alice', TWO, NOW + 29)).toBeCloseTo(1)
    expect(limiter.wait('carol', TWO, NOW)).toBe(0)
  })

  it('remembers a name for as long as it keeps coming', () => {
    const [limiter, one] = [new RateLimiter(), perMinute(1)]
    limiter.take('alice', one, NOW)
    for (let second = 1; second < 60; second++) {
      expect(limiter.take('alice', one, NOW + second)).toBeGreaterThan(0)
      expect(limiter.take(`other ${second}`, one, NOW + second)).toBe(0)
    }
    expect(limiter.take('alice', one, NOW + FORGET_AFTER_SECONDS)).toBe(0)
    expect(limiter.take('alice', one, NOW + FORGET_AFTER_SECONDS)).toBeGreaterThan(0)
    expect(limiter.take('alice', one, NOW + 2 * FORGET_AFTER_SECONDS - 1)).toBeGreaterThan(0)
  })

  it('forgets a name that was not seen for a whole turn', () => {
    const limiter = new RateLimiter()
    flood(limiter, 1_000, NOW)
    limiter.take('alice', TWO, NOW + FORGET_AFTER_SECONDS)
    expect(limiter.size).toBe(1_001)
    limiter.take('alice', TWO, NOW + 2 * FORGET_AFTER_SECONDS)
    expect(limiter.size).toBe(1)
  })

  it(`tells ${MAX_METERED} names apart, and not one more`, () => {
    const limiter = new RateLimiter()
    flood(limiter, MAX_METERED - 1, NOW)
    expect(['last', 'last', 'late'].map((name) => limiter.take(name, TWO, NOW))).toEqual([0, 0, 0])
    expect(limiter.size).toBe(MAX_METERED)
    // Names beyond the limit share one bucket, of which one was just taken.
    expect(limiter.take('later', TWO, NOW)).toBe(0)
    expect([limiter.take('latest', TWO, NOW), limiter.wait('anybody', TWO, NOW)]).toEqual([30, 30])
    expect(limiter.take('last', TWO, NOW)).toBe(30)
  })

  it('lets no flood of names forget one that has used up his own', () => {
    const limiter = new RateLimiter()
    limiter.take('flooder', TWO, NOW)
    limiter.take('flooder', TWO, NOW)
    flood(limiter, MAX_METERED + 1_000, NOW)
    expect(limiter.take('flooder', TWO, NOW)).toBe(30)
    expect(limiter.size).toBe(MAX_METERED)
    expect(limiter.take('newcomer', TWO, NOW + 2 * FORGET_AFTER_SECONDS)).toBe(0)
  })

  it('forgets nobody by a clock that is put back, and goes on forgetting by that clock', () => {
    const [limiter, one] = [new RateLimiter(), perMinute(1)]
    flood(limiter, 1_000, NOW)
    limiter.take('alice', one, NOW)
    const back = NOW - 7_200
    for (const now of [back, back + 30]) expect(limiter.take('alice', one, now)).toBeGreaterThan(0)
    expect(limiter.size).toBe(1_001)
    limiter.take('alice', one, back + FORGET_AFTER_SECONDS)
    limiter.take('alice', one, back + 2 * FORGET_AFTER_SECONDS)
    expect(limiter.size).toBe(1)
  })
})
