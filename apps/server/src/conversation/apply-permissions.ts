import type { Session } from '../session/session.ts'
import type { Conversations } from './conversations.ts'
import { remove } from './leave.ts'
import { mayPublish, withdraw } from './publish.ts'
import { cancelSubscriptions } from './subscribe.ts'

/**
 * Holds what a session is doing against what it may do now, after its permissions changed: ends what is not allowed any
 * more, from a stream to the membership.
 */
export function applyPermissions(conversations: Conversations, session: Session): void {
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
    member.permissions = permissions
    for (const stream of conversation.streamsOf(member)) {
      if (mayPublish(permissions, stream.info)) continue
      withdraw(conversation, stream)
      session.send({ type: 'stream_removed', conversation: conversation.name, streamId: stream.info.streamId })
    }
    if (!permissions.subscribe) cancelSubscriptions({ conversation, member })
  }
}
