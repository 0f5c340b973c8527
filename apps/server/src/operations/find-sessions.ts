import type { Session } from '../session/session.ts'
import type { Operations } from './operations.ts'

/** The criteria of a search. */
export interface SessionQuestion {
  readonly userId?: string | undefined
  /** A part of the user id, ignoring case. */
  readonly search?: string | undefined
  readonly conversation?: string | undefined
  /** The key that signed its token. */
  readonly keyId?: string | undefined
}

/** The live sessions of an API key that match all criteria, in no order. Looks at as few of them as possible. */
export function* findSessions(
  operations: Pick<Operations, 'sessions' | 'conversations'>,
  apiKey: string,
  { userId, search, conversation, keyId }: SessionQuestion,
): Iterable<Session> {
  const part = search?.toLowerCase()
  const members = conversation === undefined ? undefined : operations.conversations.named(apiKey, conversation)?.members
  if (conversation !== undefined && members === undefined) return
  for (const session of candidates(operations, apiKey, userId, members)) {
    if (userId !== undefined && session.userId !== userId) continue
    if (part !== undefined && !session.userId.toLowerCase().includes(part)) continue
    if (keyId === undefined || session.admission.keyId === keyId) yield session
  }
}

function* candidates(
  { sessions }: Pick<Operations, 'sessions'>,
  apiKey: string,
  userId: string | undefined,
  members: ReadonlyMap<string, { readonly session: Session }> | undefined,
): Iterable<Session> {
  if (members !== undefined) for (const { session } of members.values()) yield session
  else if (userId !== undefined) yield* sessions.of(apiKey, userId)
  else for (const user of sessions.usersOf(apiKey)) yield* user
}
