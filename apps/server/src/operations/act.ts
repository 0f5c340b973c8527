import type { Ban } from '@stagedoor/protocol'
import type { Revoker } from '../api-key/revocation.ts'
import { remove } from '../conversation/leave.ts'
import { type DryRun, dryRun, type Question } from '../dry-run/dry-run.ts'
import type { CloseAndRevokeOutcome } from '../registration/close-and-revoke.ts'
import type { Session } from '../session/session.ts'
import type { Operations } from './operations.ts'

/** Closes a session immediately. Returns the outcome of the ban, if requested. */
export async function closeSession(
  { closeAndRevoke }: Pick<Operations, 'closeAndRevoke'>,
  session: Session,
  asks: { readonly ban?: Ban | undefined; readonly revokedBy?: Revoker | undefined },
): Promise<CloseAndRevokeOutcome | undefined> {
  const { ban, revokedBy } = asks
  if (ban !== undefined) return closeAndRevoke(session, { reason: 'session_closed', ban, revokedBy })
  session.close('session_closed')
  return undefined
}

/** Ejects a session from a conversation or, with a ban, closes it and applies the ban. */
export async function ejectSession(
  { conversations, closeAndRevoke }: Pick<Operations, 'conversations' | 'closeAndRevoke'>,
  session: Session,
  asks: {
    readonly conversation: string
    readonly ban?: Ban | undefined
    readonly revokedBy?: Revoker | undefined
  },
): Promise<{ readonly wasIn: boolean; readonly outcome?: CloseAndRevokeOutcome }> {
  const membership = conversations.find(session, asks.conversation)
  if (!membership.ok) return { wasIn: false }
  const { ban, revokedBy } = asks
  if (ban !== undefined) {
    return { wasIn: true, outcome: await closeAndRevoke(session, { reason: 'ejected', ban, revokedBy }) }
  }
  remove(conversations, membership.value, 'ejected')
  return { wasIn: true }
}

/** Returns what a registration and a join would result in, without opening anything. */
export async function explain(
  { registrar, conversations }: Pick<Operations, 'registrar' | 'conversations'>,
  question: Question,
): Promise<DryRun> {
  await registrar.fetchKeysFor(question.apiKey, question.token)
  return dryRun(question, {
    decideRegistration: (request) => registrar.answer(request),
    countContacts: (apiKey, conversation) => conversations.countContacts(apiKey, conversation),
  })
}
