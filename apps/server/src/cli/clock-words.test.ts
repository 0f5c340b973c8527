import { expect, it } from 'vitest'
import { clockWords } from './clock-words.ts'

it.each([
  [95, 'minted by a clock 95 s ahead, or meant to begin later'],
  [600, 'minted by a clock 600 s (10 min) ahead, or meant to begin later'],
  [-95, 'over for 95 s: shown too late, or minted by a clock that far behind'],
  [-7_260, 'over for 7260 s (2 h 1 min): shown too late, or minted by a clock that far behind'],
])('a clock difference of %i s is "%s"', (seconds, words) => {
  expect(clockWords(seconds)).toBe(words)
})
