import { RESUME_SECONDS } from '@stagedoor/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { keepEvents } from '../events/event.fixture.ts'
import { announceClosed, announceOpened } from './announce-sessions.ts'
import { MAX_MISSED_LENGTH } from './outbox.ts'
import { admissionOf, RecordingChannel } from './session.fixture.ts'
import type { Session } from './session.ts'
import { Sessions } from './sessions.ts'

const START = 1_000

beforeEach(() => {
  vi.useFakeTimers({ now: START * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const { told, announce } = keepEvents()
  const sessions = new Sessions(
    systemClock,
    (session, reason) => announceClosed(announce, session, reason, systemClock.now),
    (session) => announceOpened(announce, session),
  )
  const admission = admissionOf('alice', { issuedAt: START, expiresAt: START + 60, userData: { name: 'a canary' } })
  const session = sessions.open(admission, new RecordingChannel())
  return { sessions, session, told }
}

describe('a session', () => {
  it('is announced when it is opened and when it has ended, under its own id, and without what users say', () => {
    const { session, told } = open()
    const about = { apiKey: 'shop', orderingKey: session.id }
    const data = { sessionId: session.id, userId: 'alice' }
    expect(told).toEqual([{ ...about, type: 'session.opened', at: START, data }])
    vi.advanceTimersByTime(12_500)
    session.close('session_closed')
    const closed = { ...data, reason: 'session_closed', durationSeconds: 12.5 }
    expect(told.slice(1)).toEqual([{ ...about, type: 'session.closed', at: START + 12.5, data: closed }])
  })

  it.each<[string, string, (session: Session, sessions: Sessions) => void]>([
    ['left', 'its client went', (session, sessions) => sessions.end(session)],
    ['token_expired', 'its token ended', () => vi.advanceTimersByTime(60_000)],
    [
      'connection_lost',
      'its client did not come back',
      (session, sessions) => {
        sessions.suspend(session)
        vi.advanceTimersByTime(RESUME_SECONDS * 1000)
      },
    ],
    [
      'connection_lost',
      'its client has missed too much',
      (session, sessions) => {
        sessions.suspend(session)
        session.sendText('x'.repeat(MAX_MISSED_LENGTH + 1))
      },
    ],
  ])('has ended as %s where %s', (reason, _why, end) => {
    const { session, sessions, told } = open()
    end(session, sessions)
    expect(told.slice(1).map(({ data }) => data.reason)).toEqual([reason])
  })
})
