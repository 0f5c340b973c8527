import { expect, it } from 'vitest'
import { levelOf } from './level-meter.ts'

const tone = (amplitude: number) => Array.from({ length: 1000 }, (_, at) => amplitude * Math.sin(at / 3))

it('silence, and no samples at all, have the level 0', () => {
  expect(levelOf(tone(0))).toBe(0)
  expect(levelOf([])).toBe(0)
})

it('full scale has the level 1, and nothing has more', () => {
  expect(levelOf([1, -1, 1, -1])).toBe(1)
  expect(levelOf([4, -4])).toBe(1)
})

it('a tone ten times quieter is 20 decibels lower, a third of the scale of 60', () => {
  expect(levelOf(tone(0.5)) - levelOf(tone(0.05))).toBeCloseTo(1 / 3, 5)
})

it('what is quieter than 60 decibels below full scale is silence', () => {
  expect(levelOf(tone(0.001))).toBe(0)
})
