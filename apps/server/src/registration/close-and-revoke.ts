import type { Ban, CloseReason } from '@stagedoor/protocol'
import type { KeyStore } from '../api-key/key-store.ts'
import type { Revoker } from '../api-key/revocation.ts'
import { revocationOf, type ToRevoke } from '../api-key/revoke.ts'
import type { Clock } from '../clock.ts'
import type { Session } from '../session/session.ts'
import { StoreDownError } from '../store-down.ts'

export interface CloseAndRevokeOptions {
  readonly store: Pick<KeyStore, 'addRevocations'>
  readonly clock: Clock
  /** Takes in what was written, so that nobody is admitted by what was known before. Never fails. */
  readonly refreshNow: () => Promise<void>
}

export interface CloseAndRevoke {
  readonly reason: CloseReason
  readonly ban: Ban
  readonly revokedBy?: Revoker | undefined
}

/**
 * What became of it: what the ban says is refused; the session had no token, so there is nothing to revoke; or the store could not
 * be reached, and nothing is refused.
 */
export type CloseAndRevokeOutcome = 'banned' | 'no_token' | 'unavailable'

/** Closes a session at once, and then bans what the ban says. The session is closed even if the ban fails. */
export async function closeAndRevoke(
  { store, clock, refreshNow }: CloseAndRevokeOptions,
  session: Session,
  { reason, ban, revokedBy }: CloseAndRevoke,
): Promise<CloseAndRevokeOutcome> {
  const now = clock.now()
  const revocations = listBanned(session, ban, now).map((what) => ({
    ...revocationOf(session.apiKey, what, now),
    revokedBy,
  }))
  session.close(reason)
  if (revocations.length === 0) return 'no_token'
  try {
    await store.addRevocations(revocations)
  } catch (error) {
    if (error instanceof StoreDownError) return 'unavailable'
    throw error
  }
  await refreshNow()
  return 'banned'
}

function listBanned(session: Session, ban: Ban, now: number): readonly ToRevoke[] {
  const { userId } = session
  if (ban === 'user') return [{ kind: 'user', subject: userId }]
  if (ban !== 'tokens') return [{ kind: 'ban', subject: userId, forSeconds: ban.userForSeconds }]
  // A subject token may outlive what it was exchanged for, so all of them count.
  const subjectTokens = new Set(session.lineage.subjectTokens)
  return [
    ...session.listTokenIds(now).map((subject) => ({ kind: 'token', subject }) as const),
    ...[...subjectTokens].map((subject) => ({ kind: 'subject_token', subject }) as const),
  ]
}
