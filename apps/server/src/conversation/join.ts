import { MAX_CONTACTS_PER_CONVERSATION, type ServerMessageOf } from '@stagedoor/protocol'
import type { Session } from '../session/session.ts'
import { type Conversation, contactOf, type Member, sentPermissions } from './conversation.ts'
import type { Conversations } from './conversations.ts'
import { denied, granted, type Outcome } from './outcome.ts'

export type Joined = Omit<ServerMessageOf<'joined'>, 'type' | 'ref'>

/** Lets a session into a conversation if its token does. Joining where one is already changes nothing. */
export function join(conversations: Conversations, session: Session, name: string): Outcome<Joined> {
  const permissions = session.permissionsIn(name)
  if (permissions === undefined) return denied('conversation_not_granted')
  const present = conversations.find(session, name)
  if (!present.ok && !conversations.hasRoomFor(session)) return denied('limit_reached')
  // First: it may end the conversation, with the last who was in it.
  if (!present.ok && !makeRoomForUser(conversations.named(session.apiKey, name), session))
    return denied('session_limit')
  const conversation = conversations.findOrOpen(session.apiKey, name)
  if (!present.ok && conversation.members.size >= MAX_CONTACTS_PER_CONVERSATION) return denied('limit_reached')

  const member: Member = present.ok ? present.value.member : { session, permissions }
  if (!present.ok) {
    conversations.enter(conversation, member)
    conversation.broadcast({ type: 'contact_joined', conversation: name, contact: contactOf(member) }, member)
  }
  const others = [...conversation.members.values()].filter((other) => other !== member)
  const streams = [...conversation.streams.values()].filter(({ publisher }) => publisher !== member)
  return granted({
    conversation: name,
    permissions: sentPermissions(permissions),
    contacts: others.map(contactOf),
    streams: streams.map(({ info }) => info),
  })
}

/** Whether the user may be in it once more. One of their sessions whose client is lost gives way, rather than keep its client out. */
function makeRoomForUser(conversation: Conversation | undefined, { userId, admission }: Session): boolean {
  const sessions = conversation?.sessionsOf(userId) ?? []
  if (sessions.length < admission.sessionsPerUserInConversation) return true
  const lost = sessions.find(({ isLost }) => isLost)
  lost?.close('connection_lost')
  return lost !== undefined
}
