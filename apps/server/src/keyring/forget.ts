import type { Clock } from '../clock.ts'
import type { KeyStore } from './key-store.ts'
import type { UsedTokenStore } from './used-token-store.ts'

/** How often revocations and marks of used tokens that are past their use are deleted, in seconds. */
export const FORGET_INTERVAL_SECONDS = 3_600

export interface ForgetOptions {
  readonly store: Pick<KeyStore, 'forgetRevocations'> & Pick<UsedTokenStore, 'forgetUsedTokens'>
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

/**
 * Deletes, now and from time to time, the revocations and the marks of used tokens that no valid token can meet any more.
 * Answers how to stop.
 */
export function forgetPast({ store, clock, onError }: ForgetOptions): () => void {
  let callOff = (): void => {}

  function forget(): void {
    callOff = clock.after(FORGET_INTERVAL_SECONDS, forget)
    const now = clock.now()
    store
      .forgetRevocations(now)
      .then(() => store.forgetUsedTokens(now))
      .catch(onError)
  }

  forget()
  return () => callOff()
}
