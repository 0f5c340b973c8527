import type { CloseReason } from '@stagedoor/protocol'
import type { Clock } from '../clock.ts'
import type { KeyStore } from '../keyring/key-store.ts'
import { revokeTokens } from '../keyring/revoke.ts'
import { StoreDownError } from '../keyring/store-down.ts'
import type { Session } from './session.ts'

export interface KeepOutOptions {
  readonly store: Pick<KeyStore, 'addRevocations'>
  readonly clock: Clock
}

/**
 * What became of it: the tokens of the session are revoked; it had none, so there is nothing to revoke; or the store could not
 * be reached, and its tokens are as good as before.
 */
export type KeepOutOutcome = 'kept_out' | 'no_token' | 'unavailable'

/**
 * Closes a session at once, and revokes every token that it has presented, so that none of them opens another. It is closed
 * whatever becomes of that.
 */
export async function keepOut(
  { store, clock }: KeepOutOptions,
  session: Session,
  reason: CloseReason,
): Promise<KeepOutOutcome> {
  const tokenIds = session.listTokenIds(clock.now())
  session.close(reason)
  if (tokenIds.length === 0) return 'no_token'
  try {
    await revokeTokens({ store, now: clock.now }, session.apiKey, tokenIds)
    return 'kept_out'
  } catch (error) {
    if (error instanceof StoreDownError) return 'unavailable'
    throw error
  }
}
