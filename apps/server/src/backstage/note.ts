import type { Noted } from '../make-change.ts'
import type { ShownSession } from './look.ts'

/** What is written down of a session that was closed, whoever asked for it. */
export function noteClosed(session: ShownSession, asks: { readonly keepOut: boolean }): Noted {
  return { action: 'session.closed', apiKey: session.apiKey, subject: session.sessionId, before: session, after: asks }
}

/** And of one that was taken out of a conversation. */
export function noteEjected(
  { apiKey, sessionId, userId }: ShownSession,
  { conversation, keepOut }: { readonly conversation: string; readonly keepOut: boolean },
): Noted {
  return { action: 'session.ejected', apiKey, subject: sessionId, after: { conversation, userId, keepOut } }
}
