import type { RefusalCode } from '@stagedoor/protocol'
import type { Conversations } from '../conversation/conversations.ts'
import type { KeyUses } from '../keyring/key-uses.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { RefusalCounts } from '../refusal-log/refusal-counts.ts'
import type { RefusalHistory } from '../refusal-log/refusal-history.ts'
import type { CloseAndRevoke, CloseAndRevokeOutcome } from '../registration/close-and-revoke.ts'
import type { Registrar } from '../registration/registrar.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import type { ReadCounts } from '../traffic/read-counts.ts'
import type { TrafficStore } from '../traffic/traffic-store.ts'
import type { LiveFeed } from './live-feed.ts'

/** The live operations that the control socket and the admin API use. */
export interface Operations {
  readonly refusals: Pick<RefusalHistory, 'list' | 'page' | 'placeOf' | 'find'>
  /** By the minute, for the last day. */
  readonly refusalCounts: Pick<RefusalCounts, 'count'>
  /** By the hour. */
  readonly traffic: { readonly read: ReadCounts; readonly sumRefusals: TrafficStore['sumRefusals'] }
  readonly sessions: Pick<Sessions, 'all' | 'size' | 'find' | 'of' | 'usersOf' | 'reconnectUntil'>
  readonly conversations: Conversations
  /** Closes a session immediately and applies the ban. */
  readonly closeAndRevoke: (session: Session, asks: CloseAndRevoke) => Promise<CloseAndRevokeOutcome>
  readonly registrar: Pick<Registrar, 'answer' | 'fetchKeysFor'>
  readonly live: Pick<LiveFeed, 'follow'>
  readonly keyring: Pick<Keyring, 'find' | 'failedKeySetsOf'>
  readonly keyUses: Pick<KeyUses, 'of'>
  /** The URL of the page that explains a refusal code. */
  readonly pageOf: (code: RefusalCode) => string
}
