import { describe, expect, it } from 'vitest'
import {
  AttemptSlots,
  MAX_ATTEMPTS_AT_ONCE,
  MAX_ATTEMPTS_OF_API_KEY,
  MAX_ATTEMPTS_OF_ENDPOINT,
  MAX_ATTEMPTS_OF_FAILING,
} from './attempt-slots.ts'

/** Endpoints are named after their API key: `shop/1`. */
const open = () => new AttemptSlots((endpointId) => endpointId.split('/')[0])

/** Takes all slots that an endpoint can get. */
function fill(slots: AttemptSlots, endpointId: string): number {
  const room = Math.min(slots.roomOf(endpointId), slots.free)
  for (let at = 0; at < room; at++) slots.take(endpointId)
  return room
}

describe('concurrent attempts', () => {
  it('are limited per endpoint, and to one for an endpoint whose last attempt failed', () => {
    const slots = open()
    expect(slots.roomOf('shop/1')).toBe(MAX_ATTEMPTS_OF_ENDPOINT)
    expect(fill(slots, 'shop/1')).toBe(MAX_ATTEMPTS_OF_ENDPOINT)
    expect(slots.roomOf('shop/1')).toBe(0)
    slots.record('shop/2', false)
    expect(fill(slots, 'shop/2')).toBe(1)
    slots.record('shop/2', true)
    expect(slots.roomOf('shop/2')).toBe(MAX_ATTEMPTS_OF_ENDPOINT - 1)
  })

  it('are never all for one API key, however many endpoints it has', () => {
    const slots = open()
    const taken = Array.from({ length: 10 }, (_, at) => fill(slots, `shop/${at}`))
    expect(taken.reduce((sum, one) => sum + one)).toBe(MAX_ATTEMPTS_OF_API_KEY)
    expect(fill(slots, 'other/1')).toBe(MAX_ATTEMPTS_OF_ENDPOINT)
  })

  it('are never all for failing endpoints, of any number of API keys', () => {
    const slots = open()
    const failing = Array.from({ length: 2 * MAX_ATTEMPTS_AT_ONCE }, (_, at) => `slow${at}/1`)
    for (const endpointId of failing) slots.record(endpointId, false)
    for (const endpointId of failing) fill(slots, endpointId)
    expect(slots.free).toBe(MAX_ATTEMPTS_AT_ONCE - MAX_ATTEMPTS_OF_FAILING)
    expect(fill(slots, 'shop/1')).toBe(MAX_ATTEMPTS_OF_ENDPOINT)
  })

  it('include deliveries already claimed in the same claim', () => {
    const slots = open()
    const claimed = new Map([
      ['shop/1', MAX_ATTEMPTS_OF_ENDPOINT],
      ['shop/2', MAX_ATTEMPTS_OF_ENDPOINT - 1],
    ])
    expect(slots.roomOf('shop/1', claimed)).toBe(0)
    expect(slots.roomOf('shop/3', claimed)).toBe(1)
    expect(slots.roomOf('other/1', claimed)).toBe(MAX_ATTEMPTS_OF_ENDPOINT)
  })

  it('are released', () => {
    const slots = open()
    fill(slots, 'shop/1')
    slots.release('shop/1')
    expect(slots.roomOf('shop/1')).toBe(1)
    expect(slots.free).toBe(MAX_ATTEMPTS_AT_ONCE - MAX_ATTEMPTS_OF_ENDPOINT + 1)
  })
})
