import { isDeepStrictEqual } from 'node:util'
import type { UserData } from '@stagedoor/protocol'
import type { Session } from '../session/session.ts'
import { contactOf, sentPermissions } from './conversation.ts'
import type { Conversations } from './conversations.ts'
import { remove } from './leave.ts'
import { mayPublish, withdraw } from './publish.ts'
import { cancelSubscriptions } from './subscribe.ts'

/**
 * Ends what a session may not do any more after a renewal, from a stream to the membership, and notifies its client and the other
 * members of what has changed.
 */
export function applyPermissions(
  conversations: Conversations,
  session: Session,
  userDataBefore: UserData = session.userData,
): void {
  for (const conversation of conversations.of(session)) {
    const member = conversation.members.get(session.id)
    if (member === undefined) continue
    const permissions = session.permissionsIn(conversation.name)
    if (permissions === undefined) {
      remove(conversations, { conversation, member }, 'conversation_not_granted')
      continue
    }
    // Those who joined first stay.
    if (conversation.sessionsOf(session.userId).indexOf(session) >= session.admission.sessionsPerUserInConversation) {
      remove(conversations, { conversation, member }, 'session_limit')
      continue
    }
    const before = member.permissions
    member.permissions = permissions
    if (!isDeepStrictEqual(sentPermissions(permissions), sentPermissions(before))) {
      const changed = sentPermissions(permissions)
      session.send({ type: 'permissions_changed', conversation: conversation.name, permissions: changed })
    }
    if (permissions.role !== before.role || !isDeepStrictEqual(session.userData, userDataBefore)) {
      conversation.broadcast(
        { type: 'contact_updated', conversation: conversation.name, contact: contactOf(member) },
        member,
      )
    }
    for (const stream of conversation.streamsOf(member)) {
      if (mayPublish(permissions, stream.info)) continue
      withdraw(conversation, stream)
      session.send({ type: 'stream_removed', conversation: conversation.name, streamId: stream.info.streamId })
    }
    if (!permissions.subscribe) cancelSubscriptions({ conversation, member })
  }
}
