import { describe, expect, it } from 'vitest'
import { inWords } from './in-words.ts'

describe('a point in time', () => {
  it.each([
    [0, 'now'],
    [-4, 'now'],
    [-59, '59 seconds ago'],
    [-60, '1 minute ago'],
    [3_540, 'in 59 minutes'],
    [3_599, 'in 1 hour'],
    [90 * 86_400 - 5, 'in 90 days'],
    [-7_200, '2 hours ago'],
    [86_400, 'tomorrow'],
  ])('%s seconds from now reads "%s"', (seconds, words) => expect(inWords(seconds)).toBe(words))
})
