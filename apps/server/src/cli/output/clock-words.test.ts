import { expect, it } from 'vitest'
import { clockWords } from './clock-words.ts'

it.each([
  [95, 'issued by a clock 95 s ahead of this server, or not valid yet on purpose'],
  [600, 'issued by a clock 600 s (10 min) ahead of this server, or not valid yet on purpose'],
  [-95, 'expired 95 s ago: presented too late, or issued by a clock that far behind'],
  [-7_260, 'expired 7260 s (2 h 1 min) ago: presented too late, or issued by a clock that far behind'],
])('a clock difference of %i s is described as "%s"', (seconds, words) => {
  expect(clockWords(seconds)).toBe(words)
})
