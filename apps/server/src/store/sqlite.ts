import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { keyQueries } from './key-queries.ts'
import { migrate } from './migrate.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

// How long one process waits while another writes, in milliseconds.
const BUSY_TIMEOUT_MS = 10_000

/** Opens, or makes, the store in a data folder. Each change is on the disk before it is answered. */
export async function openSqliteStore(dataFolder: string): Promise<Store> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const database = new Database(join(dataFolder, 'stagedoor.db'), { timeout: BUSY_TIMEOUT_MS })
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  await migrate(db)
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
