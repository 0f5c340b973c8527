import { describe, expect, it } from 'vitest'
import { adviseOnKey, IN_USE_SECONDS, isFollowed, NEVER_USED_SECONDS, OLD_SECONDS, type UsedKey } from './key-advice.ts'

const NOW = 1_000_000_000
const DAY = 86_400

function keyOf(rest: Partial<UsedKey> = {}): UsedKey {
  return { kind: 'secret', state: 'active', createdAt: NOW - 100 * DAY, lastUsedAt: undefined, sessions: 0, ...rest }
}
const IN_USE = keyOf({ lastUsedAt: NOW - 60, sessions: 3 })
const advise = (key: Partial<UsedKey>, ...others: UsedKey[]) => adviseOnKey(keyOf(key), others, NOW)

describe('the advice on a signing key', () => {
  it('is to retire it if it is not used any more and another one was used later', () => {
    const idle = { lastUsedAt: NOW - IN_USE_SECONDS }
    expect(advise(idle, IN_USE)).toBe('retire')
    expect(advise({ lastUsedAt: NOW - IN_USE_SECONDS + 1 }, IN_USE)).toBeUndefined()
    expect(advise({ ...idle, sessions: 1 }, IN_USE)).toBeUndefined()
    expect(advise(idle)).toBeUndefined()
    expect(advise(idle, keyOf())).toBeUndefined()
    expect(advise(idle, keyOf({ ...IN_USE, state: 'retiring' }))).toBeUndefined()
  })

  it('is absent for a new key, even if a newer one is in use', () => {
    const newer = { ...IN_USE, createdAt: NOW - 30 }
    expect(advise({ createdAt: NOW - 60 }, newer)).toBeUndefined()
    expect(advise({ createdAt: NOW - NEVER_USED_SECONDS + 1 }, newer)).toBeUndefined()
    expect(advise({ createdAt: NOW - NEVER_USED_SECONDS }, newer)).toBe('retire')
  })

  it('is to rotate a secret that is older than a year, but not a public key', () => {
    const old = { createdAt: NOW - OLD_SECONDS - 1, sessions: 1 }
    expect(advise(old)).toBe('rotate')
    expect(advise({ ...old, createdAt: NOW - OLD_SECONDS })).toBeUndefined()
    expect(advise({ ...old, kind: 'public_key' })).toBeUndefined()
  })

  it('is to switch to another key if it retires soon and is still in use', () => {
    expect(advise({ state: 'retiring', sessions: 2 })).toBe('change_over')
    expect(advise({ state: 'retiring', lastUsedAt: NOW - 60 })).toBe('change_over')
    expect(advise({ state: 'retiring' })).toBeUndefined()
    expect(advise({ state: 'retired', lastUsedAt: NOW - 60 })).toBeUndefined()
  })
})

describe('a key that has replaced another', () => {
  it('has live sessions, or was used later', () => {
    const key = keyOf({ lastUsedAt: NOW - 100 })
    expect(isFollowed(key, [])).toBe(false)
    expect(isFollowed(key, [keyOf()])).toBe(false)
    expect(isFollowed(key, [keyOf({ lastUsedAt: NOW - 100 })])).toBe(false)
    expect(isFollowed(key, [keyOf({ lastUsedAt: NOW - 99 })])).toBe(true)
    expect(isFollowed(key, [keyOf({ sessions: 1 })])).toBe(true)
  })
})
