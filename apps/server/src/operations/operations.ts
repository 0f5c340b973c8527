import type { Ban, CloseReason, RefusalCode } from '@stagedoor/protocol'
import type { Conversations } from '../conversation/conversations.ts'
import type { KeyUses } from '../keyring/key-uses.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { RefusalCounts } from '../refusal-log/refusal-counts.ts'
import type { Refusals } from '../refusal-log/refusals.ts'
import type { CloseAndRevokeOutcome } from '../registration/close-and-revoke.ts'
import type { Registrar } from '../registration/registrar.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import type { LiveFeed } from './live-feed.ts'

/** The live operations that the control socket and the admin API use. */
export interface Operations {
  readonly refusals: Pick<Refusals, 'list' | 'find'>
  readonly refusalCounts: Pick<RefusalCounts, 'count'>
  readonly sessions: Pick<Sessions, 'all' | 'find' | 'of' | 'usersOf' | 'reconnectUntil'>
  readonly conversations: Conversations
  /** Closes a session at once, and bans what the ban says. */
  readonly closeAndRevoke: (
    session: Session,
    asks: { readonly reason: CloseReason; readonly ban: Ban },
  ) => Promise<CloseAndRevokeOutcome>
  readonly registrar: Pick<Registrar, 'answer' | 'fetchKeysFor'>
  readonly live: Pick<LiveFeed, 'follow'>
  readonly keyring: Pick<Keyring, 'find'>
  readonly keyUses: Pick<KeyUses, 'of'>
  /** Where the page that explains a refusal code is. */
  readonly pageOf: (code: RefusalCode) => string
}
