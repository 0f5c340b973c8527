import { describe, expect, it } from 'vitest'
import { LONG_PERIODS, labelOf, sinceOf, stepOf } from './periods.ts'

const HOUR = 3_600
const DAY = 86_400

describe('a period of a chart', () => {
  it.each([
    [HOUR, 120],
    [6 * HOUR, 480],
    [DAY, HOUR],
    [7 * DAY, 4 * HOUR],
    [30 * DAY, DAY],
    [90 * DAY, DAY],
  ])('of %i s has steps of %i s', (span, step) => {
    expect(stepOf(span)).toBe(step)
  })

  it('has a hundred bars at most', () => {
    for (const { value } of LONG_PERIODS) expect(Number(value) / stepOf(Number(value))).toBeLessThanOrEqual(100)
  })

  it('starts at a whole step, the same until the next one begins', () => {
    const now = 100 * DAY + 5
    expect(sinceOf(DAY, HOUR, now)).toBe(99 * DAY + HOUR)
    expect(sinceOf(DAY, HOUR, now + HOUR - 6)).toBe(99 * DAY + HOUR)
    expect(sinceOf(DAY, HOUR, now + HOUR)).toBe(99 * DAY + 2 * HOUR)
  })

  it('names a day by its date in UTC, and shorter steps by their time', () => {
    expect(labelOf(Date.UTC(2026, 0, 5) / 1_000, DAY)).toBe('Jan 5')
    expect(labelOf(Date.UTC(2026, 0, 5, 12) / 1_000, 4 * HOUR)).toMatch(/^\w{3} \d\d:\d\d/)
    expect(labelOf(Date.UTC(2026, 0, 5, 12) / 1_000, HOUR)).toMatch(/^\d\d:\d\d/)
  })
})
