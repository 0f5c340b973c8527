import type { Conversation } from '../conversation/conversation.ts'
import type { RefusalRecord } from '../refusal-log/report.ts'
import type { Session } from '../session/session.ts'
import type { Operations } from './operations.ts'

/** A live session, as its owner sees it. Times are seconds since 1970. */
export interface ShownSession {
  readonly sessionId: string
  readonly userId: string
  readonly apiKey: string
  readonly since: number
  /** When its token expires. */
  readonly until: number
  /** The signing key that admitted it. */
  readonly keyId: string | undefined
  /** Until when it waits for its client, if that is disconnected. */
  readonly reconnectUntil: number | undefined
  readonly conversations: readonly string[]
  /** Where it registered from, if known. */
  readonly address: string | undefined
  readonly origin: string | undefined
  readonly userAgent: string | undefined
}

export function showSession(
  { conversations, sessions }: Pick<Operations, 'conversations' | 'sessions'>,
  session: Session,
): ShownSession {
  const { address, origin, userAgent } = session.clientInfo ?? NO_CLIENT_INFO
  return {
    sessionId: session.id,
    userId: session.userId,
    apiKey: session.apiKey,
    since: session.since,
    until: session.admission.expiresAt,
    keyId: session.admission.keyId,
    reconnectUntil: sessions.reconnectUntil(session),
    conversations: conversations.of(session).map(({ name }) => name),
    address,
    origin,
    userAgent,
  }
}

const NO_CLIENT_INFO = { address: undefined, origin: undefined, userAgent: undefined }

export interface SessionFilter {
  readonly apiKey?: string | undefined
  readonly userId?: string | undefined
}

/** The oldest first. */
export function listSessions({ sessions }: Pick<Operations, 'sessions'>, { apiKey, userId }: SessionFilter): Session[] {
  return [...sessions.all()].filter(
    (session) =>
      (apiKey === undefined || session.apiKey === apiKey) && (userId === undefined || session.userId === userId),
  )
}

/** The use of each signing key of an API key: its current sessions, and when one of its tokens was last admitted here. */
export function countKeyUses({ sessions, keyUses }: Pick<Operations, 'sessions' | 'keyUses'>, apiKey: string) {
  const uses = new Map(keyUses.of(apiKey).map(({ keyId, at }) => [keyId, { keyId, sessions: 0, lastUsedAt: at }]))
  for (const session of sessions.usersOf(apiKey).flatMap((user) => [...user])) {
    const use = uses.get(session.admission.keyId ?? '')
    if (use !== undefined) use.sessions++
  }
  return [...uses.values()]
}

export function showRefusal({ pageOf }: Pick<Operations, 'pageOf'>, record: RefusalRecord) {
  return { ...record, docs: pageOf(record.code) }
}

/** A conversation as its owner sees it: the numbers of its members and streams. */
export function showConversation({ name, members, streams }: Conversation) {
  return { name, members: members.size, streams: streams.size }
}

/** The same, with each member and each stream. */
export function showConversationWithMembers({ name, members, streams }: Conversation) {
  return {
    name,
    members: [...members.values()].map(({ session, permissions }) => ({
      sessionId: session.id,
      userId: session.userId,
      role: permissions.role,
    })),
    streams: [...streams.values()].map(({ info, publisher, subscribers }) => ({
      streamId: info.streamId,
      publisher: publisher.session.id,
      audio: info.audio,
      video: info.video,
      screen: info.screen,
      audioMuted: info.audioMuted,
      videoMuted: info.videoMuted,
      subscribers: [...subscribers].map(({ session }) => session.id),
    })),
  }
}

/** Lists the conversations of an API key that have members, by name. */
export function listConversations(
  { conversations }: Pick<Operations, 'conversations'>,
  apiKey: string,
  search: string | undefined,
): Conversation[] {
  const wanted = search?.toLowerCase() ?? ''
  return [...conversations.ofApiKey(apiKey)]
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}
