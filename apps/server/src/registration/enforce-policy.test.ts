import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mint, openTestRegistrar, requestOf } from './registrar.fixture.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const TTL = 100
const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000)

function enterOnce() {
  const opened = openTestRegistrar()
  const { channel, session } = opened.enter(requestOf('alice', { token: mint('alice', { ttl: TTL }) }))
  const seen = vi.fn()
  vi.spyOn(opened.sessions, 'renew').mockImplementation(seen)
  return { ...opened, channel, session, seen }
}

describe('a change of the policy that changes nothing for a session', () => {
  it('neither renews the session nor notifies anyone', () => {
    const { change, changed, seen } = enterOnce()
    for (let times = 0; times < 2; times++) change({})
    change({ maxTtlSeconds: TTL })
    change({}, [{ kind: 'user', subject: 'somebody else', revokedAt: 1 }])
    expect([changed, seen.mock.calls]).toEqual([[], []])
    change({ onExpiry: 'keep' })
    expect([changed.length, seen.mock.calls.length]).toEqual([1, 1])
  })

  it('announces no end again', () => {
    const { enter, change } = openTestRegistrar()
    const { channel } = enter(requestOf('alice', { token: mint('alice', { ttl: TTL }) }))
    pass(TTL - 5)
    expect(channel.take()).toEqual(['token_expiring'])
    for (let times = 0; times < 2; times++) change({})
    pass(1)
    expect(channel.take()).toEqual([])
    pass(4)
    expect(channel.closed).toEqual(['token_expired'])
  })

  it('makes a session without a token no younger', () => {
    const { enter, change, changed } = openTestRegistrar({ requireToken: false })
    const { session } = enter(requestOf('alice', { token: undefined }))
    const { issuedAt, expiresAt } = session?.admission ?? {}
    pass(60)
    change({ requireToken: false })
    expect(changed).toEqual([])
    change({ requireToken: false, onExpiry: { graceSeconds: 7 } })
    expect(session?.admission).toMatchObject({ issuedAt, expiresAt, closesAt: (expiresAt ?? 0) + 7 })
  })
})

describe('a change of the policy that moves the end of a session', () => {
  it('and not that of its token, announces no end again', () => {
    const { enter, change } = openTestRegistrar()
    const { channel } = enter(requestOf('alice', { token: mint('alice', { ttl: TTL }) }))
    pass(TTL - 5)
    channel.take()
    change({ onExpiry: { graceSeconds: 10 } })
    pass(14)
    expect([channel.take(), channel.closed]).toEqual([[], []])
    change({ onExpiry: 'keep' })
    pass(60)
    expect([channel.take(), channel.closed]).toEqual([[], []])
  })

  it('and that of its token too, announces the new one', () => {
    const { enter, change } = openTestRegistrar()
    const { channel } = enter(requestOf('alice', { token: mint('alice', { ttl: 1_000 }) }))
    pass(945)
    expect(channel.take()).toEqual(['token_expiring'])
    change({ maxTtlSeconds: 990 })
    pass(0)
    expect(channel.take()).toEqual(['token_expiring'])
    pass(45)
    expect(channel.closed).toEqual(['token_expired'])
  })
})
