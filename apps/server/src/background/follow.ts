import type { KeyStore } from '../api-key/key-store.ts'
import type { Clock } from '../clock.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { StoreHealth } from './store-health.ts'

/** How soon a change by another process takes effect here, in seconds. */
export const FOLLOW_INTERVAL_SECONDS = 0.1

export interface FollowOptions {
  readonly keyring: Pick<Keyring, 'refresh'>
  readonly store: Pick<KeyStore, 'changeCount'> & {
    /** Fails if a change would fail: a store with a full disk can answer queries and still reject changes. */
    readonly probeWrite: () => Promise<void>
  }
  readonly clock: Clock
  /** Called with the affected API keys. */
  readonly onChange: (apiKeys: ReadonlySet<string>) => void
  readonly health: StoreHealth
}

export interface Following {
  /** Applies what was committed until now, without waiting for the next interval. Never fails. */
  refreshNow(): Promise<void>
  stop(): void
}

/** Keeps a keyring up to date with the changes of its store, by this process and by others. */
export function followStore({ keyring, store, clock, onChange, health }: FollowOptions): Following {
  let seen: number | undefined
  let stopped = false
  let looking: Promise<void> = Promise.resolve()
  let cancel = next()
  health.watch()

  function next(): () => void {
    return clock.after(FOLLOW_INTERVAL_SECONDS, async () => {
      await refreshNow()
      if (!stopped) cancel = next()
    })
  }

  // One after the other: a refresh that began before a change was committed may have missed it.
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
      if (!health.recordAnswer()) return
      await store.probeWrite()
      health.recordRecovery()
    } catch (error) {
      health.recordFailure(error)
    }
  }

  return {
    refreshNow,
    stop() {
      stopped = true
      health.unwatch()
      cancel()
    },
  }
}
