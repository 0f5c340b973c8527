import { describe, expect, it } from 'vitest'
import { FORGET_AFTER_SECONDS, MAX_METERED, Meter, perMinute } from './rate-limiter.ts'

const NOW = 1_764_000_000
const TWO = perMinute(2)

/** Names that nobody else has, one bucket used up for each. */
function flood(meter: Meter, count: number, now: number): void {
  for (let at = 0; at < count; at++) meter.take(`flood ${at}`, TWO, now)
}

describe('a meter', () => {
  it('counts each name by itself', () => {
    const meter = new Meter()
    expect(['alice', 'alice', 'bob'].map((name) => meter.take(name, TWO, NOW))).toEqual([0, 0, 0])
    expect(meter.take('alice', TWO, NOW)).toBe(30)
    expect(meter.take('bob', TWO, NOW)).toBe(0)
    expect(meter.wait('alice', TWO, NOW + 29)).toBeCloseTo(1)
    expect(meter.wait('carol', TWO, NOW)).toBe(0)
  })

  it('remembers whoever comes again and again for as long as he comes', () => {
    const [meter, one] = [new Meter(), perMinute(1)]
    meter.take('alice', one, NOW)
    for (let second = 1; second < 60; second++) {
      expect(meter.take('alice', one, NOW + second)).toBeGreaterThan(0)
      expect(meter.take(`other ${second}`, one, NOW + second)).toBe(0)
    }
    expect(meter.take('alice', one, NOW + FORGET_AFTER_SECONDS)).toBe(0)
    expect(meter.take('alice', one, NOW + FORGET_AFTER_SECONDS)).toBeGreaterThan(0)
    expect(meter.take('alice', one, NOW + 2 * FORGET_AFTER_SECONDS - 1)).toBeGreaterThan(0)
  })

  it('forgets whoever was not seen for a whole turn', () => {
    const meter = new Meter()
    flood(meter, 1_000, NOW)
    meter.take('alice', TWO, NOW + FORGET_AFTER_SECONDS)
    expect(meter.size).toBe(1_001)
    meter.take('alice', TWO, NOW + 2 * FORGET_AFTER_SECONDS)
    expect(meter.size).toBe(1)
  })

  it(`tells ${MAX_METERED} names apart, and not one more`, () => {
    const meter = new Meter()
    flood(meter, MAX_METERED - 1, NOW)
    expect(['last', 'last', 'late'].map((name) => meter.take(name, TWO, NOW))).toEqual([0, 0, 0])
    expect(meter.size).toBe(MAX_METERED)
    // Whoever is beyond them shares one bucket, of which one was just taken.
    expect(meter.take('later', TWO, NOW)).toBe(0)
    expect([meter.take('latest', TWO, NOW), meter.wait('anybody', TWO, NOW)]).toEqual([30, 30])
    expect(meter.take('last', TWO, NOW)).toBe(30)
  })

  it('lets no flood of names forget one that has used up his own', () => {
    const meter = new Meter()
    meter.take('flooder', TWO, NOW)
    meter.take('flooder', TWO, NOW)
    flood(meter, MAX_METERED + 1_000, NOW)
    expect(meter.take('flooder', TWO, NOW)).toBe(30)
    expect(meter.size).toBe(MAX_METERED)
    expect(meter.take('newcomer', TWO, NOW + 2 * FORGET_AFTER_SECONDS)).toBe(0)
  })

  it('forgets nobody by a clock that is put back, and goes on forgetting by that clock', () => {
    const [meter, one] = [new Meter(), perMinute(1)]
    flood(meter, 1_000, NOW)
    meter.take('alice', one, NOW)
    const back = NOW - 7_200
    for (const now of [back, back + 30]) expect(meter.take('alice', one, now)).toBeGreaterThan(0)
    expect(meter.size).toBe(1_001)
    meter.take('alice', one, back + FORGET_AFTER_SECONDS)
    meter.take('alice', one, back + 2 * FORGET_AFTER_SECONDS)
    expect(meter.size).toBe(1)
  })
})
