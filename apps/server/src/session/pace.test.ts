import { MAX_CONTACTS_PER_CONVERSATION } from '@stagedoor/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_MESSAGES_PER_SECOND, DEFAULT_POLICY } from '../keyring/policy.ts'
import { knockOf, openTestDoor } from './door.fixture.ts'
import { sessionOf } from './session.fixture.ts'
import { BURST_SECONDS, RENEWALS_PER_SECOND } from './session.ts'

const NOW = 1_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: NOW * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** How many of many are let through at that moment. */
function letThrough(count: () => number): number {
  let through = 0
  for (let sent = 0; sent < 100_000; sent++) if (count() === 0) through++
  return through
}

describe('what a session sends', () => {
  it(`may be ${BURST_SECONDS} s' worth at once, and not one frame more`, () => {
    const { session } = sessionOf('alice', { messagesPerSecond: 7 })
    expect(letThrough(() => session.countFrame(NOW))).toBe(7 * BURST_SECONDS)
    expect(letThrough(() => session.countFrame(NOW + 1))).toBe(7)
  })

  it('meets no limit where one enters a full conversation, with two dozen candidates for each contact', () => {
    const others = MAX_CONTACTS_PER_CONVERSATION - 1
    const framesForEach = 1 + 24
    expect(others * framesForEach).toBeLessThan(DEFAULT_MESSAGES_PER_SECOND * BURST_SECONDS)
    const { session } = sessionOf('alice')
    for (let frame = 0; frame < others * framesForEach; frame++) expect(session.countFrame(NOW)).toBe(0)
  })

  it('is counted apart from its renewals', () => {
    const { session } = sessionOf('alice', { messagesPerSecond: 1 })
    expect(letThrough(() => session.countFrame(NOW))).toBe(BURST_SECONDS)
    expect(letThrough(() => session.countRenewal(NOW))).toBe(RENEWALS_PER_SECOND * BURST_SECONDS)
    expect(session.countRenewal(NOW + 1)).toBe(0)
  })

  it('is held to a policy that becomes stricter at once', () => {
    const { enter, change } = openTestDoor()
    const { session } = enter(knockOf('alice'))
    change({ rateLimits: { ...DEFAULT_POLICY.rateLimits, messagesPerSecond: 2 } })
    expect(letThrough(() => session?.countFrame(NOW) ?? 0)).toBe(2 * BURST_SECONDS)
  })
})
