import { describe, expect, it } from 'vitest'
import { durationOption, parseDuration } from './duration-option.ts'

const bounds = { leastSeconds: 1, mostSeconds: 7 * 86_400 }

describe('a duration', () => {
  it.each([
    ['90s', 90],
    ['10m', 600],
    ['30min', 1_800],
    ['1h', 3_600],
    ['7d', 604_800],
    ['600', 600],
  ])('"%s" is %i seconds', (text, seconds) => {
    expect(parseDuration(text, bounds)).toBe(seconds)
  })

  it.each(['', '0', '8d', '-1h', '1.5h', '1 h', '1w', 'an hour', '1e3', '1h30m'])('"%s" is rejected', (text) => {
    expect(() => parseDuration(text, bounds)).toThrow('Expected a duration such as 90s, 10m, 1h or 7d, from 1s to 7d.')
  })

  it('can have words as alternatives, which the error names', () => {
    expect(() => parseDuration('never', { ...bounds, words: ['disconnect', 'keep'] })).toThrow(
      'Expected disconnect, keep or a duration such as',
    )
  })

  it('is explained in the help of its option, with its limit', () => {
    expect(durationOption('--in <duration>', 'after this long', bounds).description).toBe(
      'after this long, such as 90s, 10m, 1h or 7d (at most 7d)',
    )
  })
})
