import type { KeyStore } from '../api-key/key-store.ts'
import type { Clock } from '../clock.ts'
import type { Keyring } from '../keyring/keyring.ts'

/** How soon a change that another process made in the store is known here, in seconds. */
export const FOLLOW_INTERVAL_SECONDS = 0.1
/**
 * For how long the store must have answered without a failure until it counts as recovered, in seconds: a server that goes down or
 * comes back answers on one connection while it refuses another.
 */
export const STEADY_SECONDS = 1

export interface FollowOptions {
  readonly keyring: Pick<Keyring, 'refresh'>
  readonly store: Pick<KeyStore, 'changeCount'> & {
    /** Fails where a change would: a store may answer what is asked and take nothing, since its disk is full. */
    readonly probeWrite: () => Promise<void>
  }
  readonly clock: Clock
  /** Told of the API keys that a change concerns. */
  readonly onChange: (apiKeys: ReadonlySet<string>) => void
  /** Told of the first of several failures in a row; what was known before stays in force until the store answers again. */
  readonly onError: (error: unknown) => void
  /** Told when the store has answered again for {@link STEADY_SECONDS}, and takes changes. */
  readonly onRecovery: () => void
}

export interface Following {
  /** Takes in what was committed until now; whoever changes keys here does not wait for the next beat. It never fails. */
  refreshNow(): Promise<void>
  /** Notes that the store could not be used for something else; then it is tried until it takes changes again. */
  recordFailure(error: unknown): void
  stop(): void
}

/** Keeps a keyring up to date with what is done to its store, by this process and by others. */
export function followStore({ keyring, store, clock, onChange, onError, onRecovery }: FollowOptions): Following {
  let seen: number | undefined
  let failing = false
  let steadySince: number | undefined
  let stopped = false
  let looking: Promise<void> = Promise.resolve()
  let cancel = next()

  function next(): () => void {
    return clock.after(FOLLOW_INTERVAL_SECONDS, async () => {
      await refreshNow()
      if (!stopped) cancel = next()
    })
  }

  // One after the other: a look that began before a change was committed may not have seen it.
  function refreshNow(): Promise<void> {
    looking = looking.then(look)
    return looking
  }

  async function look(): Promise<void> {
    if (stopped) return
    try {
      const count = await store.changeCount()
      if (seen !== count) onChange(await keyring.refresh())
      seen = count
      if (!failing) return
      steadySince ??= clock.now()
      if (clock.now() - steadySince < STEADY_SECONDS) return
      await store.probeWrite()
      failing = false
      onRecovery()
    } catch (error) {
      recordFailure(error)
    }
  }

  function recordFailure(error: unknown): void {
    steadySince = undefined
    if (!failing && !stopped) onError(error)
    failing = true
  }

  return {
    refreshNow,
    recordFailure,
    stop() {
      stopped = true
      cancel()
    },
  }
}
