import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import { DATABASE_FILE } from '../database-file.ts'
import type { Engine } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { sqliteDriver } from './driver/choose-driver.ts'
import type { SqliteDatabase, SqliteDriver } from './driver/driver.ts'
import { explainFolderError, explainSqliteError, rollBack } from './failures.ts'
import { BUSY_TIMEOUT_MS, beginWriting, type OnDown, PatientSqliteDialect } from './patience.ts'

const OWNER_ALONE = 0o600
const OTHERS = 0o077

export interface ConnectOptions {
  /** Called with each failure because of which the store cannot be used. */
  readonly onDown?: OnDown | undefined
  /** Default: the one for this version of Node.js. */
  readonly driver?: SqliteDriver | undefined
}

/** Opens or creates the database in a data folder. Each change is on disk before it is acknowledged. */
export async function connect(dataFolder: string, options: ConnectOptions = {}): Promise<Engine> {
  const { onDown, driver = sqliteDriver() } = options
  makeFolder(dataFolder)
  const database = open(driver, join(dataFolder, DATABASE_FILE))
  try {
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    database.exec('PRAGMA foreign_keys = ON')
    // Overwritten data is erased: a secret encrypted under an earlier master key cannot be found in a free page.
    database.exec('PRAGMA secure_delete = ON')
  } catch (error) {
    database.close()
    throw explainSqliteError(error)
  }
  return {
    db: new Kysely<Tables>({ dialect: new PatientSqliteDialect({ database, ...(onDown && { onDown }) }) }),
    columnTypes: { bytes: 'blob' },
    migrateAlone: (migrate) => alone(database, () => migrate({ transactions: false })),
  }
}

function makeFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw explainFolderError(error, dataFolder)
  }
}

function open(driver: SqliteDriver, path: string): SqliteDatabase {
  try {
    restrictToOwner(path)
    return driver.open(path, { busyTimeoutMs: BUSY_TIMEOUT_MS })
  } catch (error) {
    throw explainSqliteError(error)
  }
}

// The folder may exist with broader permissions, and SQLite creates files that others can read. Its -wal and -shm get the mode of the
// database.
function restrictToOwner(path: string): void {
  try {
    closeSync(openSync(path, 'a', OWNER_ALONE))
    for (const end of ['', '-wal', '-shm']) {
      const found = statSync(path + end, { throwIfNoEntry: false })
      if (found !== undefined && (found.mode & OTHERS) !== 0) chmodSync(path + end, OWNER_ALONE)
    }
  } catch {
    // Owned by another user, or on a system without modes: SQLite reports whether it can be opened.
  }
}

// Two processes may start on a new folder at once: the second waits until the first has created the tables.
async function alone(database: SqliteDatabase, run: () => Promise<void>): Promise<void> {
  await beginWriting(database)
  try {
    await run()
    database.exec('COMMIT')
  } catch (error) {
    throw explainSqliteError(error)
  } finally {
    rollBack(database)
  }
}
