import type { ServerMessage, SessionMessageOf } from '@stagedoor/protocol'
import { findEjected } from '../conversation/eject.ts'
import { remove } from '../conversation/leave.ts'
import type { CloseAndRevoke } from '../registration/close-and-revoke.ts'
import type { Session } from '../session/session.ts'
import { deny } from './answer.ts'
import type { GateContext } from './gate-context.ts'
import { refusal } from './refuse.ts'

/** Ejects a member for a moderator. With a ban, the answer comes when the store has answered. */
export function eject(
  context: GateContext,
  session: Session,
  { ref, conversation, sessionId, ban }: SessionMessageOf<'eject'>,
): ServerMessage | Promise<ServerMessage> {
  const membership = context.conversations.find(session, conversation)
  const ejected = membership.ok ? findEjected(membership.value, sessionId) : membership
  if (!ejected.ok) return deny(context, ref, ejected)
  if (ban !== undefined) {
    const asks = { reason: 'ejected', ban, revokedBy: { kind: 'moderator', name: session.userId } } as const
    return closeAndBan(context, ref, ejected.value.member.session, asks)
  }
  remove(context.conversations, ejected.value, 'ejected')
  return { type: 'done', ref }
}

async function closeAndBan(
  context: GateContext,
  ref: number,
  session: Session,
  asks: CloseAndRevoke,
): Promise<ServerMessage> {
  const outcome = await context.closeAndRevoke(session, asks)
  return outcome === 'unavailable' ? refusal(context, ref, 'unavailable') : { type: 'done', ref }
}
