import type { Announce, EventFacts } from '../events/event.ts'
import type { EndReason, Session } from './session.ts'

/** Announces that a session was opened. */
export function announceOpened(announce: Announce, session: Session): void {
  announce(session.apiKey, 'session.opened', () => about(session, session.since))
}

/** Announces that a session has ended, and why. */
export function announceClosed(announce: Announce, session: Session, reason: EndReason, now: () => number): void {
  announce(session.apiKey, 'session.closed', () => {
    const at = now()
    return about(session, at, { reason, durationSeconds: Math.round((at - session.since) * 1000) / 1000 })
  })
}

function about({ id: sessionId, userId }: Session, at: number, more: EventFacts['data'] = {}): EventFacts {
  return { orderingKey: sessionId, at, data: { sessionId, userId, ...more } }
}
