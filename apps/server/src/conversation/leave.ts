import type { RefusalCode } from '@stagedoor/protocol'
import type { Session } from '../session/session.ts'
import type { Conversations, Membership } from './conversations.ts'
import { granted, type Outcome } from './outcome.ts'
import { withdraw } from './publish.ts'
import { cancelSubscriptions } from './subscribe.ts'

/** Takes a session out of a conversation, with its streams and subscriptions. */
export function leave(conversations: Conversations, session: Session, name: string): Outcome<undefined> {
  const found = conversations.find(session, name)
  if (!found.ok) return found
  takeOut(conversations, found.value)
  return granted(undefined)
}

/** Takes a session out of every conversation that it is in. */
export function leaveAll(conversations: Conversations, session: Session): void {
  for (const { name } of conversations.of(session)) leave(conversations, session, name)
}

/** Takes a member out that did not ask for it, and tells it why. */
export function remove(conversations: Conversations, membership: Membership, code: RefusalCode): void {
  takeOut(conversations, membership)
  membership.member.session.send({ type: 'removed', conversation: membership.conversation.name, code })
}

function takeOut(conversations: Conversations, membership: Membership): void {
  const { conversation, member } = membership
  for (const stream of conversation.streamsOf(member)) withdraw(conversation, stream)
  cancelSubscriptions(membership)
  conversations.exit(conversation, member)
  conversation.broadcast(
    { type: 'contact_left', conversation: conversation.name, sessionId: member.session.id },
    member,
  )
}
