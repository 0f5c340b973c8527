import { setTimeout as sleep } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { type Driver, SqliteDialect, SqliteDriver } from 'kysely'
import { StoreDownError } from '../keyring/store-down.ts'

/** How long one process waits while another writes, in milliseconds. */
export const BUSY_TIMEOUT_MS = 10_000
const BUSY_RETRY_MS = 20

/**
 * Begins a transaction that writes. It waits here and not in SQLite, which would hold up whatever else the process does, the
 * transaction that it waits for included.
 */
export async function beginWriting(database: Database.Database): Promise<void> {
  const deadline = Date.now() + BUSY_TIMEOUT_MS
  while (!begins(database)) {
    if (Date.now() > deadline) {
      throw new StoreDownError(`The store was busy for ${BUSY_TIMEOUT_MS / 1000} s. Nothing was changed.`)
    }
    await sleep(BUSY_RETRY_MS)
  }
}

function begins(database: Database.Database): boolean {
  database.pragma('busy_timeout = 0')
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false
    throw error
  } finally {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
  }
}

/** SQLite whose transactions write from their beginning. */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #database: Database.Database

  constructor({ database }: { readonly database: Database.Database }) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    const database = this.#database
    return new (class extends SqliteDriver {
      override beginTransaction(): Promise<void> {
        return beginWriting(database)
      }
    })({ database })
  }
}
