import { describe, expect, it } from 'vitest'
import { interleave, median, sumUp } from './interleave.mjs'

describe('the median', () => {
  it('is the middle of an odd number of values, and between the two of an even one', () => {
    expect(median([3])).toBe(3)
    expect(median([9, 1, 5])).toBe(5)
    expect(median([10, 9, 2, 1])).toBe(5.5)
  })

  it('sorts numbers as numbers, and leaves the values as they are', () => {
    const values = [100, 20, 3]
    expect(median(values)).toBe(20)
    expect(values).toEqual([100, 20, 3])
  })
})

describe('the sum of the rounds', () => {
  const speeds = [
    { ours: 100, bare: 200, peer: 10 },
    { ours: 10, bare: 10, peer: 1 },
    { ours: 300, bare: 400, peer: 60 },
  ]

  it('has the median speed of each', () => {
    expect(sumUp(speeds, 'ours').medians).toEqual({ ours: 100, bare: 200, peer: 10 })
  })

  it('has the median of the ratios of each round, not the ratio of the medians', () => {
    expect(sumUp(speeds, 'ours').ratios).toEqual({ bare: 0.75, peer: 10 })
  })
})

describe('interleaving', () => {
  function race(milliseconds: Record<string, number>) {
    let time = 0
    const order: string[] = []
    const contestants = Object.fromEntries(
      Object.entries(milliseconds).map(([name, cost]) => [
        name,
        () => {
          time += cost
          if (order.at(-1) !== name) order.push(name)
        },
      ]),
    )
    return { contestants, order, now: () => time }
  }

  it('measures operations a second', async () => {
    const { contestants, now } = race({ quick: 1, slow: 4 })
    const speeds = await interleave(contestants, { rounds: 3, now })
    expect(speeds).toEqual(Array(3).fill({ quick: 1000, slow: 250 }))
    expect(sumUp(speeds, 'quick').ratios).toEqual({ slow: 4 })
  })

  it('lets each have its turn in each round, and another begin each time', async () => {
    const { contestants, order, now } = race({ a: 1, b: 2, c: 3 })
    await interleave(contestants, { rounds: 3, now })
    // Calibration, the round that does not count, three rounds; c ends the first and begins the second.
    expect(order.join('')).toBe(['abc', 'ab', 'abc', 'bca', 'cab'].join(''))
  })

  it('waits for what answers a promise', async () => {
    let time = 0
    const operation = async () => {
      await null
      time += 10
    }
    const speeds = await interleave({ operation }, { rounds: 2, now: () => time })
    expect(speeds).toEqual([{ operation: 100 }, { operation: 100 }])
  })
})
