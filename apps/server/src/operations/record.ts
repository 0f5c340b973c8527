import type { Ban } from '@stagedoor/protocol'
import type { Noted } from '../make-change.ts'
import type { ShownSession } from './look.ts'

/** The audit entry of a closed session. */
export function recordClosed(session: ShownSession, { ban }: { readonly ban?: Ban | undefined }): Noted {
  return {
    action: 'session.closed',
    apiKey: session.apiKey,
    subject: session.sessionId,
    before: session,
    after: { ban },
  }
}

/** And of one that was taken out of a conversation. */
export function recordEjected(
  { apiKey, sessionId, userId }: ShownSession,
  { conversation, ban }: { readonly conversation: string; readonly ban?: Ban | undefined },
): Noted {
  return { action: 'session.ejected', apiKey, subject: sessionId, after: { conversation, userId, ban } }
}
