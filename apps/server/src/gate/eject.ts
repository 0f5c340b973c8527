import type { ServerMessage, SessionMessageOf } from '@stagedoor/protocol'
import { findEjected } from '../conversation/eject.ts'
import { remove } from '../conversation/leave.ts'
import type { Session } from '../session/session.ts'
import { deny } from './answer.ts'
import type { House } from './ports.ts'
import { refusal } from './refuse.ts'

/** Ejects a member for a moderator. Where it is to be kept out, the answer comes when the store has answered. */
export function eject(
  house: House,
  session: Session,
  { ref, conversation, sessionId, keepOut }: SessionMessageOf<'eject'>,
): ServerMessage | Promise<ServerMessage> {
  const membership = house.conversations.find(session, conversation)
  const ejected = membership.ok ? findEjected(membership.value, sessionId) : membership
  if (!ejected.ok) return deny(house, ref, ejected)
  if (keepOut) return closeAndKeepOut(house, ref, ejected.value.member.session)
  remove(house.conversations, ejected.value, 'ejected')
  return { type: 'done', ref }
}

async function closeAndKeepOut(house: House, ref: number, session: Session): Promise<ServerMessage> {
  const outcome = await house.keepOut(session, 'ejected')
  return outcome === 'unavailable' ? refusal(house, ref, 'unavailable') : { type: 'done', ref }
}
