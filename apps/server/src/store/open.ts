import type { StoreDownError } from '../store-down.ts'
import { makeMasterKey, readMasterKeys } from '../vault/master-key.ts'
import { createSeal, type Seal } from '../vault/seal.ts'
import type { Engine } from './engine.ts'
import { findMasterKeyRow } from './master-key-version.ts'
import { migrate } from './migrate.ts'
import { proveMasterKey, tieToMasterKey } from './prove-master-key.ts'
import type { SqliteDriver } from './sqlite/driver/driver.ts'
import { type Store, storeOn } from './store.ts'

export interface StoreLocation {
  /** The folder of the embedded store and the master key. */
  readonly dataFolder: string
  /** 32 bytes in base64url, or several of them; default: the file `master.key` in the data folder. */
  readonly masterKey?: string | undefined
  /** A PostgreSQL database (`postgresql://…`); default: SQLite in the data folder. */
  readonly databaseUrl?: string | undefined
  /** The driver of SQLite; default: the one for this version of Node.js. */
  readonly sqliteDriver?: SqliteDriver | undefined
}

export interface OpenOptions extends StoreLocation {
  /** Called with each failure because of which the store cannot be used, whatever the operation was. */
  readonly onDown?: (error: StoreDownError) => void
}

/** Opens the store together with the seal for its secrets. */
export async function openStore(location: OpenOptions): Promise<{ store: Store; seal: Seal }> {
  const { dataFolder, masterKey } = location
  const engine = await connect(location)
  const { db } = engine
  try {
    await migrate(engine)
    const seal = createSeal(() => readMasterKeys(dataFolder, masterKey))
    if ((await findMasterKeyRow(db)) === undefined) {
      // Not earlier: a new key would be useless next to a store whose master key is elsewhere.
      if (masterKey === undefined) makeMasterKey(dataFolder)
      await tieToMasterKey(db, seal)
    }
    await proveMasterKey(db, seal)
    return { store: storeOn(db), seal }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

// Loaded on use, so that nobody waits for an unused driver.
async function connect({ dataFolder, databaseUrl, sqliteDriver: driver, onDown }: OpenOptions): Promise<Engine> {
  if (databaseUrl === undefined) return (await import('./sqlite/connect.ts')).connect(dataFolder, { onDown, driver })
  return (await import('./postgres/connect.ts')).connect(databaseUrl, onDown)
}
