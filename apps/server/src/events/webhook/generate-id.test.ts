import { describe, expect, it } from 'vitest'
import { createIdGenerator } from './generate-id.ts'

describe('an id', () => {
  it('is greater than every earlier one, even if the clock goes back or stands still', () => {
    let now = 1_700_000_000
    const generateId = createIdGenerator(() => now)
    const drawn: string[] = []
    for (const step of [0, 0, 0.001, -5, 0, 6]) {
      now += step
      drawn.push(generateId('dlv_'))
    }
    for (let count = 0; count < 70_000; count++) drawn.push(generateId('dlv_'))
    expect(drawn).toEqual([...drawn].sort())
    expect(new Set(drawn).size).toBe(drawn.length)
    expect(drawn[0]).toMatch(/^dlv_[0-9a-f]{32}$/)
  })
})
