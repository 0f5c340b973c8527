import { describe, expect, it } from 'vitest'
import { MAX_REMEMBERED_USERS, RateLimit } from './rate-limit.ts'

describe('the limit of each user', () => {
  it('refills evenly, up to the limit of a minute', () => {
    const limit = new RateLimit({ perMinute: 60 })
    for (let count = 0; count < 60; count++) expect(limit.take('alice', 0)).toBe(0)
    expect(limit.take('alice', 0)).toBe(1)
    expect(limit.take('alice', 1)).toBe(0)
    expect(limit.take('alice', 1)).toBe(1)
    for (let count = 0; count < 60; count++) expect(limit.take('alice', 10_000)).toBe(0)
    expect(limit.take('alice', 10_000)).toBe(1)
  })

  it('is not extended by a clock that is set back', () => {
    const limit = new RateLimit({ perMinute: 1 })
    expect(limit.take('alice', 1_000)).toBe(0)
    expect(limit.take('alice', 0)).toBe(60)
  })

  it('remembers a bounded number of users', () => {
    const limit = new RateLimit({ perMinute: 1 })
    for (let count = 0; count < MAX_REMEMBERED_USERS; count++) limit.take(`user ${count}`, 0)
    expect(limit.take('user 0', 0)).toBe(60)
    // This user came last, so another one is forgotten.
    limit.take('one more', 0)
    expect(limit.take('user 0', 0)).toBe(60)
    expect(limit.take('user 1', 0)).toBe(0)
  })
})
