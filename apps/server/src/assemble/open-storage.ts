import { StoreHealth } from '../background/store-health.ts'
import type { Clock } from '../clock.ts'
import type { FetchKeys } from '../keyring/fetch-keys.ts'
import { type Keyring, loadKeyring } from '../keyring/keyring.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import type { Seal } from '../vault/seal.ts'
import type { PlatformOptions } from './platform.ts'
import type { Shutdown } from './shutdown.ts'

export interface Storage {
  readonly store: Store
  readonly seal: Seal
  readonly health: StoreHealth
  readonly keyring: Keyring
}

/** Opens the store and loads the keys that verify tokens. */
export async function openStorage(
  options: PlatformOptions,
  fetchKeys: FetchKeys,
  clock: Clock,
  shutdown: Shutdown,
): Promise<Storage> {
  const { log } = options
  const health = new StoreHealth({
    clock,
    onError: (error) => log.error(error, 'the store cannot be used; what was known before stays in force'),
    onRecovery: () => log.info('the store can be used again'),
  })
  const { store, seal } = await openStore({ ...options, onDown: health.recordFailure })
  shutdown.add(() => store.close())
  return { store, seal, health, keyring: await loadKeyring({ store, seal, now: clock.now, fetchKeys }) }
}
