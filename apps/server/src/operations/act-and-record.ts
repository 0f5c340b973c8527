import type { Ban } from '@stagedoor/protocol'
import { revokerOf } from '../api-key/revocation.ts'
import type { Conversation } from '../conversation/conversation.ts'
import { forceMute, sendAnnouncement } from '../conversation/host.ts'
import { remove } from '../conversation/leave.ts'
import type { Author, Noted } from '../make-change.ts'
import type { CloseAndRevokeOutcome } from '../registration/close-and-revoke.ts'
import type { Session } from '../session/session.ts'
import type { WriteDown } from '../write-down.ts'
import { closeSession, ejectSession } from './act.ts'
import { type ShownSession, showSession } from './look.ts'
import type { Operations } from './operations.ts'

/**
 * Live operations run first and are recorded afterwards, whichever way they were requested: in an emergency, nobody waits for the store. If
 * the audit log cannot record one, the log does, and the response says so.
 */
export interface OperationsContext extends Operations {
  readonly writeDown: WriteDown
}

/** The outcome of an operation on a session. */
export interface Done {
  /** Its state before. */
  readonly session: ShownSession
  readonly outcome?: CloseAndRevokeOutcome | undefined
  readonly isWrittenDown: boolean
}

/** Closes a session, and records who did. */
export async function closeAndRecord(
  operations: OperationsContext,
  session: Session,
  asks: { readonly ban?: Ban | undefined },
  author: Author,
): Promise<Done> {
  const shown = showSession(operations, session)
  const write = () => operations.writeDown(author, recordClosed(shown, asks))
  const outcome = await closeSession(operations, session, { ...asks, revokedBy: revokerOf(author.actor) }).catch(
    rethrowAfter(write),
  )
  return { session: shown, outcome, isWrittenDown: await write() }
}

/** Ejects a session from a conversation, and records who did. If it was not a member, nothing is done. */
export async function ejectAndRecord(
  operations: OperationsContext,
  session: Session,
  asks: { readonly conversation: string; readonly ban?: Ban | undefined },
  author: Author,
): Promise<(Done & { readonly wasIn: true }) | (Pick<Done, 'session'> & { readonly wasIn: false })> {
  const shown = showSession(operations, session)
  const write = () => operations.writeDown(author, recordEjected(shown, asks))
  const { wasIn, outcome } = await ejectSession(operations, session, {
    ...asks,
    revokedBy: revokerOf(author.actor),
  }).catch(rethrowAfter(write))
  if (!wasIn) return { session: shown, wasIn }
  return { session: shown, wasIn, outcome, isWrittenDown: await write() }
}

interface StreamToMute {
  readonly conversation: string
  readonly streamId: string
  readonly audio: boolean
  readonly video: boolean
}

/** Mutes a stream of a session, and records who did. If something does not exist, returns what, and does nothing. */
export async function muteAndRecord(
  operations: OperationsContext,
  session: Session,
  { conversation, streamId, audio, video }: StreamToMute,
  author: Author,
): Promise<{ readonly isWrittenDown: boolean } | { readonly missing: 'member' | 'stream' }> {
  const membership = operations.conversations.find(session, conversation)
  if (!membership.ok) return { missing: 'member' }
  if (!forceMute(membership.value, streamId, { audio, video }).ok) return { missing: 'stream' }
  const after = { conversation, sessionId: session.id, audio, video }
  const noted = { action: 'stream.muted', apiKey: session.apiKey, subject: streamId, after } as const
  return { isWrittenDown: await operations.writeDown(author, noted) }
}

/** Removes every member of a conversation, and records who did. Their sessions stay open, and they can join again. */
export async function closeConversationAndRecord(
  operations: OperationsContext,
  apiKey: string,
  conversation: Conversation,
  author: Author,
): Promise<{ readonly members: number; readonly isWrittenDown: boolean }> {
  const members = [...conversation.members.values()]
  for (const member of members) remove(operations.conversations, { conversation, member }, 'ejected')
  const after = { members: members.length }
  const noted = { action: 'conversation.closed', apiKey, subject: conversation.name, after } as const
  return { members: members.length, isWrittenDown: await operations.writeDown(author, noted) }
}

/** Sends a message of the application to every member of a conversation, and records who did. */
export async function announceAndRecord(
  operations: OperationsContext,
  apiKey: string,
  conversation: Conversation,
  { text, now }: { readonly text: string; readonly now: number },
  author: Author,
): Promise<{ readonly members: number; readonly isWrittenDown: boolean }> {
  const members = conversation.members.size
  sendAnnouncement(conversation, text, now)
  const noted = { action: 'conversation.announced', apiKey, subject: conversation.name } as const
  return { members, isWrittenDown: await operations.writeDown(author, noted) }
}

// Partial failures are recorded too: the session is closed before its tokens are revoked.
function rethrowAfter(write: () => Promise<boolean>) {
  return async (error: unknown): Promise<never> => {
    await write()
    throw error
  }
}

/** The audit entry of a closed session. */
function recordClosed(session: ShownSession, { ban }: { readonly ban?: Ban | undefined }): Noted {
  return {
    action: 'session.closed',
    apiKey: session.apiKey,
    subject: session.sessionId,
    before: session,
    after: { ban },
  }
}

/** The audit entry of an ejected session. */
function recordEjected(
  { apiKey, sessionId, userId }: ShownSession,
  { conversation, ban }: { readonly conversation: string; readonly ban?: Ban | undefined },
): Noted {
  return { action: 'session.ejected', apiKey, subject: sessionId, after: { conversation, userId, ban } }
}
