import type { ServerMessageOf } from '@stagedoor/protocol'
import type { Membership } from './conversations.ts'
import { denied, granted, type Outcome } from './outcome.ts'

type Content = Pick<ServerMessageOf<'message'>, 'type' | 'text'> | Pick<ServerMessageOf<'data'>, 'type' | 'data'>

/**
 * Passes a chat message or data on to the other members, if the member may publish data.
 *
 * @param messageId names it among those of the user. One that the conversation has passed on already is not passed on again.
 */
export function sendChat(
  { conversation, member }: Membership,
  content: Content,
  now: number,
  messageId?: string,
): Outcome<undefined> {
  if (!member.permissions.publish.includes('data')) return denied('permission_not_granted')
  if (messageId !== undefined && !conversation.isNewMessage(member.session.userId, messageId)) return granted(undefined)
  const envelope = { conversation: conversation.name, from: member.session.id, sentAt: now }
  conversation.broadcast({ ...content, ...envelope }, member)
  return granted(undefined)
}
