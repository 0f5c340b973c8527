import { MAX_CONTACTS_PER_CONVERSATION, type ServerMessageOf } from '@stagedoor/protocol'
import type { Session } from '../session/session.ts'
import { contactOf, type Member } from './conversation.ts'
import type { Conversations } from './conversations.ts'
import { denied, granted, type Outcome } from './outcome.ts'

export type Joined = Omit<ServerMessageOf<'joined'>, 'type' | 'ref'>

/** Lets a session into a conversation if its token does. Joining where one is already changes nothing. */
export function join(conversations: Conversations, session: Session, name: string): Outcome<Joined> {
  const permissions = session.permissionsIn(name)
  if (permissions === undefined) return denied('conversation_not_granted')
  const present = conversations.find(session, name)
  if (!present.ok && !conversations.hasRoomFor(session)) return denied('limit_reached')
  const conversation = conversations.findOrOpen(session.apiKey, name)
  if (!present.ok && conversation.members.size >= MAX_CONTACTS_PER_CONVERSATION) return denied('limit_reached')
  if (
    !present.ok &&
    conversation.sessionsOf(session.userId).length >= session.admission.sessionsPerUserInConversation
  ) {
    return denied('session_limit')
  }

  const member: Member = present.ok ? present.value.member : { session, permissions }
  if (!present.ok) {
    conversations.enter(conversation, member)
    conversation.broadcast({ type: 'contact_joined', conversation: name, contact: contactOf(member) }, member)
  }
  const others = [...conversation.members.values()].filter((other) => other !== member)
  const streams = [...conversation.streams.values()].filter(({ publisher }) => publisher !== member)
  return granted({
    conversation: name,
    permissions: { role: permissions.role, publish: permissions.publish, subscribe: permissions.subscribe },
    contacts: others.map(contactOf),
    streams: streams.map(({ info }) => info),
  })
}
