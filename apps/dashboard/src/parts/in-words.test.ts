import { describe, expect, it } from 'vitest'
import { durationInWords, inWords } from './in-words.ts'

describe('a point in time', () => {
  it.each([
    [0, 'now'],
    [-4, 'now'],
    [-59, '59 seconds ago'],
    [-60, '1 minute ago'],
    [3_599, 'in 59 minutes'],
    [-7_200, '2 hours ago'],
    [86_400, 'tomorrow'],
  ])('%s seconds from now is said as "%s"', (seconds, words) => expect(inWords(seconds)).toBe(words))
})

describe('a duration', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [600, '10 minutes'],
    [5_400, '1 hour 30 minutes'],
    [90_061, '1 day 1 hour'],
  ])('of %s seconds is said as "%s"', (seconds, words) => expect(durationInWords(seconds)).toBe(words))
})
