import { describe, expect, it } from 'vitest'
import { between, placeMembers } from './place-members.ts'

describe('the drawing of a conversation', () => {
  it('puts a single participant in the middle', () => {
    expect(placeMembers(1)).toEqual([{ x: 0, y: 0 }])
    expect(placeMembers(0)).toEqual([])
  })

  it('puts several on a circle, each at its own place', () => {
    const places = placeMembers(30)
    for (const { x, y } of places) expect(Math.hypot(x, y)).toBeCloseTo(100)
    expect(new Set(places.map(({ x, y }) => `${x.toFixed(3)} ${y.toFixed(3)}`)).size).toBe(30)
    expect(places[0]?.y).toBeCloseTo(-100)
  })

  it('draws lines that stop short of both participants', () => {
    expect(between({ x: 0, y: 0 }, { x: 100, y: 0 }, 10)).toEqual({ from: { x: 10, y: 0 }, to: { x: 90, y: 0 } })
    expect(between({ x: 0, y: 0 }, { x: 10, y: 0 }, 10)).toEqual({ from: { x: 0, y: 0 }, to: { x: 10, y: 0 } })
  })
})
