import { describe, expect, it } from 'vitest'
import { Bucket, wholeSeconds } from './bucket.ts'

const NOW = 1_764_000_000.123

/** How many can be taken at a moment. */
function takeAll(bucket: Bucket, rate: { perSecond: number; burst: number }, now: number): number {
  let taken = 0
  while (bucket.take(rate, now) === 0) taken++
  return taken
}

describe('a bucket', () => {
  it.each([1, 7, 20, 10_000])('allows exactly %i at once', (burst) => {
    expect(takeAll(new Bucket(), { perSecond: burst / 60, burst }, NOW)).toBe(burst)
  })

  it('says how long to wait for the next one, which is available then and not before', () => {
    const [bucket, rate] = [new Bucket(), { perSecond: 20 / 60, burst: 20 }]
    takeAll(bucket, rate, NOW)
    expect(bucket.wait(rate, NOW)).toBeCloseTo(3)
    expect(bucket.take(rate, NOW + 2.9)).toBeCloseTo(0.1)
    expect(bucket.take(rate, NOW + 3)).toBe(0)
    expect(bucket.take(rate, NOW + 3)).toBeGreaterThan(0)
  })

  it('is full again after a long time, but not fuller', () => {
    const [bucket, rate] = [new Bucket(), { perSecond: 1, burst: 5 }]
    takeAll(bucket, rate, NOW)
    expect(takeAll(bucket, rate, NOW + 1_000_000)).toBe(5)
  })

  it('is not consumed by a query', () => {
    const [bucket, rate] = [new Bucket(), { perSecond: 1, burst: 1 }]
    for (let asked = 0; asked < 10; asked++) expect(bucket.wait(rate, NOW)).toBe(0)
    expect(bucket.take(rate, NOW)).toBe(0)
  })

  it('holds no more than a rate that was reduced meanwhile', () => {
    const bucket = new Bucket()
    bucket.take({ perSecond: 500, burst: 5_000 }, NOW)
    expect(takeAll(bucket, { perSecond: 1, burst: 10 }, NOW)).toBe(10)
  })

  it('is neither filled nor broken by a clock that is set back', () => {
    const [bucket, rate] = [new Bucket(), { perSecond: 1, burst: 2 }]
    takeAll(bucket, rate, NOW)
    expect(bucket.take(rate, NOW - 3_600)).toBe(1)
    expect(bucket.take(rate, NOW - 3_599)).toBe(0)
  })
})

it.each([
  [0.001, 1],
  [1, 1],
  [3.000_000_1, 3],
  [2.01, 3],
])('a wait of %f s is told as %i s', (seconds, told) => {
  expect(wholeSeconds(seconds)).toBe(told)
})
