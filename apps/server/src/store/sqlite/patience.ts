import { setTimeout as sleep } from 'node:timers/promises'
import { type CompiledQuery, type DatabaseConnection, type Driver, SqliteDialect, SqliteDriver } from 'kysely'
import { StoreDownError } from '../../store-down.ts'
import type { SqliteDatabase } from './driver/driver.ts'
import { explainSqliteError, rollBack } from './failures.ts'

/** How long one process waits while another writes, in milliseconds. */
export const BUSY_TIMEOUT_MS = 10_000
const BUSY_RETRY_MS = 20

/**
 * Begins a write transaction. It waits here instead of in SQLite, which would block everything else in this process, including the
 * transaction that it waits for.
 */
export async function beginWriting(database: SqliteDatabase): Promise<void> {
  const deadline = Date.now() + BUSY_TIMEOUT_MS
  while (!begins(database)) {
    if (Date.now() > deadline) {
      throw new StoreDownError(`The store was busy for ${BUSY_TIMEOUT_MS / 1000} s. Nothing was changed.`)
    }
    await sleep(BUSY_RETRY_MS)
  }
}

function begins(database: SqliteDatabase): boolean {
  database.exec('PRAGMA busy_timeout = 0')
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false
    throw explainSqliteError(error)
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
  }
}

/** Called with each failure because of which the store cannot be used. */
export type OnDown = (error: StoreDownError) => void

/** SQLite with transactions that lock for writing from the start, and failures that explain what is wrong with the store. */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  readonly #onDown: OnDown

  constructor({ database, onDown = () => {} }: { readonly database: SqliteDatabase; readonly onDown?: OnDown }) {
    super({ database })
    this.#database = database
    this.#onDown = onDown
  }

  override createDriver(): Driver {
    const database = this.#database
    const onDown = this.#onDown

    async function tell<T>(run: () => Promise<T>): Promise<T> {
      try {
        return await run()
      } catch (error) {
        const told = explainSqliteError(error)
        if (told instanceof StoreDownError) onDown(told)
        throw told
      }
    }

    return new (class extends SqliteDriver {
      override async acquireConnection(): Promise<DatabaseConnection> {
        const connection = await super.acquireConnection()
        return {
          executeQuery: <R>(query: CompiledQuery) => tell(() => connection.executeQuery<R>(query)),
          streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
        }
      }

      override beginTransaction(): Promise<void> {
        return tell(() => beginWriting(database))
      }

      override rollbackTransaction(): Promise<void> {
        return tell(async () => rollBack(database))
      }
    })({ database })
  }
}
