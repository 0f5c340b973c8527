import type { Ban, ServerMessage, SessionMessageOf } from '@stagedoor/protocol'
import { findEjected } from '../conversation/eject.ts'
import { remove } from '../conversation/leave.ts'
import type { Session } from '../session/session.ts'
import { deny } from './answer.ts'
import type { House } from './gate-context.ts'
import { refusal } from './refuse.ts'

/** Ejects a member for a moderator. With a ban, the answer comes when the store has answered. */
export function eject(
  house: House,
  session: Session,
  { ref, conversation, sessionId, ban }: SessionMessageOf<'eject'>,
): ServerMessage | Promise<ServerMessage> {
  const membership = house.conversations.find(session, conversation)
  const ejected = membership.ok ? findEjected(membership.value, sessionId) : membership
  if (!ejected.ok) return deny(house, ref, ejected)
  if (ban !== undefined) return closeAndBan(house, ref, ejected.value.member.session, ban)
  remove(house.conversations, ejected.value, 'ejected')
  return { type: 'done', ref }
}

async function closeAndBan(house: House, ref: number, session: Session, ban: Ban): Promise<ServerMessage> {
  const outcome = await house.keepOut(session, { reason: 'ejected', ban })
  return outcome === 'unavailable' ? refusal(house, ref, 'unavailable') : { type: 'done', ref }
}
