import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { MAX_AGO_SECONDS, parseTime } from './time-option.ts'

const NOW = 1_800_000_000

describe('a time on the command line', () => {
  it.each([
    ['2026-07-01', Date.UTC(2026, 6, 1) / 1000],
    ['2026-07-01T09:30Z', Date.UTC(2026, 6, 1, 9, 30) / 1000],
    ['2026-07-01T09:30:15.5Z', Date.UTC(2026, 6, 1, 9, 30, 15, 500) / 1000],
    ['2026-07-01T09:30:00+02:00', Date.UTC(2026, 6, 1, 7, 30) / 1000],
    ['0s', NOW],
    ['90s', NOW - 90],
    ['1h', NOW - 3_600],
    ['3660d', NOW - MAX_AGO_SECONDS],
  ])('%s is read', (text, seconds) => {
    expect(parseTime(text, NOW)).toBe(seconds)
  })

  it.each(['', 'yesterday', '2026-13-01', '2026-07-01T09:30', '2026-07-01 09:30', '1969-12-31', '-1h', '3661d'])(
    '"%s" is refused',
    (text) => {
      expect(() => parseTime(text, NOW)).toThrow(InvalidArgumentError)
    },
  )
})
