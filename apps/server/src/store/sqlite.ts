import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { keyQueries } from './key-queries.ts'
import { migrate } from './migrate.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

// How long one process waits while another writes, in milliseconds.
const BUSY_TIMEOUT_MS = 10_000
const BUSY_RETRY_MS = 20

/** Opens, or makes, the store in a data folder. Each change is on the disk before it is answered. */
export async function openSqliteStore(dataFolder: string): Promise<Store> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const database = new Database(join(dataFolder, 'stagedoor.db'), { timeout: BUSY_TIMEOUT_MS })
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    await alone(database, () => migrate(db))
  } catch (error) {
    await db.destroy()
    throw error
  }
  return {
    db,
    ...keyQueries(db),
    async changeCount() {
      const { rows } = await sql<{ data_version: number }>`PRAGMA data_version`.execute(db)
      return rows[0]?.data_version ?? 0
    },
    close: () => db.destroy(),
  }
}

// Two processes may start on a new folder at once: the second waits until the first has made the tables. It waits here and
// not in SQLite, which would hold up whatever else its process does.
async function alone(database: Database.Database, run: () => Promise<void>): Promise<void> {
  await beginWriting(database)
  try {
    await run()
    database.exec('COMMIT')
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK')
  }
}

async function beginWriting(database: Database.Database): Promise<void> {
  const deadline = Date.now() + BUSY_TIMEOUT_MS
  database.pragma('busy_timeout = 0')
  for (;;) {
    try {
      database.exec('BEGIN IMMEDIATE')
      break
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || Date.now() > deadline) throw error
      await sleep(BUSY_RETRY_MS)
    }
  }
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
}
