import type { Clock } from '../clock.ts'
import type { KeyStore } from './key-store.ts'
import type { Keyring } from './keyring.ts'

/** How soon a change that another process made in the store is known here, in seconds. */
export const FOLLOW_INTERVAL_SECONDS = 0.1

export interface FollowOptions {
  readonly keyring: Pick<Keyring, 'refresh'>
  readonly store: Pick<KeyStore, 'changeCount'>
  readonly clock: Clock
  /** Told of the API keys that a change concerns. */
  readonly onChange: (apiKeys: ReadonlySet<string>) => void
  /** Told of the first of several failures in a row; what was known before stays in force until the store answers again. */
  readonly onError: (error: unknown) => void
  /** Told when the store answers again. */
  readonly onRecovery: () => void
}

/** Keeps a keyring up to date with what other processes do to its store. Answers how to stop. */
export function followStore({ keyring, store, clock, onChange, onError, onRecovery }: FollowOptions): () => void {
  let seen: number | undefined
  let failing = false
  let stopped = false
  let callOff = next()

  function next(): () => void {
    return clock.after(FOLLOW_INTERVAL_SECONDS, () => void look())
  }

  async function look(): Promise<void> {
    try {
      const count = await store.changeCount()
      if (seen !== count) onChange(await keyring.refresh())
      seen = count
      if (failing) onRecovery()
      failing = false
    } catch (error) {
      if (!failing && !stopped) onError(error)
      failing = true
    }
    if (!stopped) callOff = next()
  }

  return () => {
    stopped = true
    callOff()
  }
}
