import type { Announce } from '../events/event.ts'
import type { EndReason, Session } from './session.ts'

/** Announces that a session was opened. */
export function announceOpened(announce: Announce, session: Session): void {
  announce({ ...about(session), type: 'session.opened', at: session.since })
}

/** Announces that a session has ended, and why. */
export function announceClosed(announce: Announce, session: Session, reason: EndReason, at: number): void {
  const { data, ...rest } = about(session)
  const durationSeconds = Math.round((at - session.since) * 1000) / 1000
  announce({ ...rest, type: 'session.closed', at, data: { ...data, reason, durationSeconds } })
}

function about({ apiKey, id: sessionId, userId }: Session) {
  return { apiKey, orderingKey: sessionId, data: { sessionId, userId } }
}
