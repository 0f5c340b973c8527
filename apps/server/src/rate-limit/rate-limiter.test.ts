import { describe, expect, it } from 'vitest'
import { FORGET_AFTER_SECONDS, MAX_METERED, perMinute, RateLimiter } from './rate-limiter.ts'

const NOW = 1_764_000_000
const TWO = perMinute(2)

/** Names that are used nowhere else, with one bucket used up for each. */
function flood(limiter: RateLimiter, count: number, now: number): void {
  for (let at = 0; at < count; at++) limiter.take(`flood ${at}`, TWO, now)
}

describe('a rate limiter', () => {
  it('counts each name separately', () => {
    const limiter = new RateLimiter()
    expect(['alice', 'alice', 'bob'].map((name) => limiter.take(name, TWO, NOW))).toEqual([0, 0, 0])
    expect(limiter.take('alice', TWO, NOW)).toBe(30)
    expect(limiter.take('bob', TWO, NOW)).toBe(0)
    expect(limiter.wait('alice', TWO, NOW + 29)).toBeCloseTo(1)
    expect(limiter.wait('carol', TWO, NOW)).toBe(0)
  })

  it('remembers a name as long as it is in use', () => {
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

  it('forgets a name that was not used for a whole period', () => {
    const limiter = new RateLimiter()
    flood(limiter, 1_000, NOW)
    limiter.take('alice', TWO, NOW + FORGET_AFTER_SECONDS)
    expect(limiter.size).toBe(1_001)
    limiter.take('alice', TWO, NOW + 2 * FORGET_AFTER_SECONDS)
    expect(limiter.size).toBe(1)
  })

  it(`distinguishes at most ${MAX_METERED} names`, () => {
    const limiter = new RateLimiter()
    flood(limiter, MAX_METERED - 1, NOW)
    expect(['last', 'last', 'late'].map((name) => limiter.take(name, TWO, NOW))).toEqual([0, 0, 0])
    expect(limiter.size).toBe(MAX_METERED)
    // Names beyond the limit share one bucket, of which one was just taken.
    expect(limiter.take('later', TWO, NOW)).toBe(0)
    expect([limiter.take('latest', TWO, NOW), limiter.wait('anybody', TWO, NOW)]).toEqual([30, 30])
    expect(limiter.take('last', TWO, NOW)).toBe(30)
  })

  it('never forgets a used-up name in a flood of names', () => {
    const limiter = new RateLimiter()
    limiter.take('flooder', TWO, NOW)
    limiter.take('flooder', TWO, NOW)
    flood(limiter, MAX_METERED + 1_000, NOW)
    expect(limiter.take('flooder', TWO, NOW)).toBe(30)
    expect(limiter.size).toBe(MAX_METERED)
    expect(limiter.take('newcomer', TWO, NOW + 2 * FORGET_AFTER_SECONDS)).toBe(0)
  })

  it('forgets no name if the clock is set back, and continues with the new time', () => {
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
