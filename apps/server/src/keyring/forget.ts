import type { Clock } from '../clock.ts'
import type { KeyStore } from './key-store.ts'

/** How often revocations that are past their use are deleted, in seconds. */
export const FORGET_INTERVAL_SECONDS = 3_600

export interface ForgetOptions {
  readonly store: Pick<KeyStore, 'forgetRevocations'>
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

/** Deletes, now and from time to time, the revocations that no valid token can meet any more. Answers how to stop. */
export function forgetRevocations({ store, clock, onError }: ForgetOptions): () => void {
  let callOff = (): void => {}

  function forget(): void {
    callOff = clock.after(FORGET_INTERVAL_SECONDS, forget)
    store.forgetRevocations(clock.now()).catch(onError)
  }

  forget()
  return () => callOff()
}
