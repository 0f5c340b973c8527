import { readMasterKey } from '../keyring/master-key.ts'
import { createSeal, type Seal } from '../keyring/seal.ts'
import { proveMasterKey } from './prove-master-key.ts'
import { openSqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'

export interface StoreLocation {
  /** Where the embedded store and the master key lie. */
  readonly dataFolder: string
  /** 32 bytes in base64url; default: the file `master.key` in the data folder. */
  readonly masterKey?: string | undefined
}

/** Opens the store together with the seal that its secrets are under. */
export async function openStore({ dataFolder, masterKey }: StoreLocation): Promise<{ store: Store; seal: Seal }> {
  const store = await openSqliteStore(dataFolder)
  try {
    const seal = createSeal(readMasterKey(dataFolder, masterKey))
    await proveMasterKey(store.db, seal)
    return { store, seal }
  } catch (error) {
    await store.close()
    throw error
  }
}
