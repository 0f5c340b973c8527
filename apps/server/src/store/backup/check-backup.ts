import { Kysely, SqliteDialect } from 'kysely'
import { commandLine } from '../../command-line.ts'
import type { Seal } from '../../vault/seal.ts'
import { listMigrations, requireKnownSchema } from '../migrate.ts'
import { proveMasterKey } from '../prove-master-key.ts'
import { sqliteDriver } from '../sqlite/driver/choose-driver.ts'
import type { SqliteDatabase } from '../sqlite/driver/driver.ts'
import type { Tables } from '../tables.ts'
import { BackupError } from './backup-error.ts'

/**
 * Checks that a file is a complete store that this version can read.
 *
 * @param name the name of the file in errors.
 * @param seal decrypts its secrets; undefined if unknown here.
 * @returns the version of its schema.
 * @throws {BackupError} if it is not a store, or is damaged.
 * @throws {StoreDownError} if a newer version wrote it.
 * @throws {MasterKeyError} if its secrets are under another master key.
 */
export async function checkBackup(path: string, name: string, seal: Seal | undefined): Promise<string> {
  const database = sqliteDriver().open(path, { mustExist: true })
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  try {
    requireWhole(database, name)
    await requireKnownSchema(db)
    const schema = (await listMigrations(db)).at(-1)
    if (schema === undefined) {
      throw new BackupError(
        `${name} has no store in it. It may have been copied without its -wal file. Make a backup with: ${commandLine('backup <file>')}`,
      )
    }
    if (seal !== undefined) await proveMasterKey(db, seal)
    return schema
  } finally {
    await db.destroy()
  }
}

function requireWhole(database: SqliteDatabase, name: string): void {
  try {
    const [first] = database.prepare('PRAGMA integrity_check(1)').all([]) as { readonly integrity_check: string }[]
    if (first?.integrity_check === 'ok') return
    throw new BackupError(`${name} is damaged (${first?.integrity_check}). Use another backup.`)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'SQLITE_NOTADB') throw new BackupError(`${name} is not a backup: it is not a SQLite database.`)
    if (code?.startsWith('SQLITE_CORRUPT')) throw new BackupError(`${name} is damaged (${code}). Use another backup.`)
    throw error
  }
}
