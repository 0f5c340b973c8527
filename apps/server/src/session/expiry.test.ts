import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RECHECK_SECONDS, systemClock } from '../clock.ts'
import { admissionOf, RecordingChannel } from './session.fixture.ts'
import { Sessions } from './sessions.ts'

const START = 1_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: START * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function open(lifeSeconds: number, onEnd = vi.fn()) {
  const channel = new RecordingChannel()
  const sessions = new Sessions(systemClock, onEnd)
  const session = sessions.open(admissionOf('alice', { issuedAt: START, expiresAt: START + lifeSeconds }), channel)
  return { sessions, session, channel, onEnd }
}

function pass(seconds: number): void {
  vi.advanceTimersByTime(seconds * 1000)
}

describe('a session', () => {
  it('is told a minute ahead that its token ends, and is closed at the end', () => {
    const { channel } = open(3_600)
    pass(3_539.9)
    expect(channel.sent).toEqual([])
    pass(0.1)
    expect(channel.sent).toMatchObject([{ type: 'token_expiring', expiresAt: START + 3_600 }])
    pass(59.9)
    expect(channel.closed).toEqual([])
    pass(0.1)
    expect(channel.closed).toEqual(['token_expired'])
  })

  it('is told a tenth of its life ahead where that is less', () => {
    const { channel } = open(5)
    pass(4.4)
    expect(channel.take()).toEqual([])
    pass(0.1)
    expect(channel.take()).toEqual(['token_expiring'])
    pass(0.5)
    expect(channel.closed).toEqual(['token_expired'])
  })

  it('does not outlive its token where the clock is put ahead, or the machine was asleep', () => {
    const { channel } = open(3_600)
    pass(10)
    vi.setSystemTime(Date.now() + 7_200_000)
    pass(RECHECK_SECONDS)
    expect(channel.closed).toEqual(['token_expired'])
  })

  it('that is renewed lives until the end of the fresh token', () => {
    const { sessions, session, channel } = open(10)
    pass(9.5)
    sessions.renew(session, admissionOf('alice', { issuedAt: START + 9, expiresAt: START + 19 }))
    pass(8)
    expect(channel.closed).toEqual([])
    expect(channel.take()).toEqual(['token_expiring'])
    pass(1.5)
    expect(channel.take()).toEqual(['token_expiring'])
    expect(channel.closed).toEqual(['token_expired'])
  })

  it('that has ended is told and closed no more', () => {
    const { sessions, session, channel, onEnd } = open(10)
    expect(sessions.size).toBe(1)
    sessions.end(session)
    sessions.end(session)
    pass(100)
    expect(sessions.size).toBe(0)
    expect(onEnd).toHaveBeenCalledExactlyOnceWith(session, 'left')
    expect([...channel.sent, ...channel.closed]).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that has ended does not wait for a client that is lost only then', () => {
    const { sessions, session } = open(10)
    sessions.end(session)
    sessions.suspend(session)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of a day is not cut by what a timer can count', () => {
    const { channel } = open(86_400)
    pass(86_399)
    expect(channel.closed).toEqual([])
    pass(1)
    expect(channel.closed).toEqual(['token_expired'])
  })
})
