import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { MASTER_KEY_FILE } from '../../vault/master-key.ts'
import { DATABASE_FILE } from '../database-file.ts'
import { sqliteDriver } from '../sqlite/driver/choose-driver.ts'
import { BackupError } from './backup-error.ts'

// The key may exist before its store; a crash may leave the socket; a separate disk has a lost+found.
const NO_CONTENTS = new Set([MASTER_KEY_FILE, 'control.sock', 'lost+found'])
const FILES = [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`, `${DATABASE_FILE}-journal`]

/** The content of a data folder that prevents a restore. */
export function listContents(dataFolder: string): string[] {
  return readdirSync(dataFolder).filter((name) => !NO_CONTENTS.has(name) && !name.endsWith('.part'))
}

export interface Aside {
  /** Where it is; undefined if there was nothing to set aside. */
  readonly folder: string | undefined
  /** Puts everything back. */
  undo(): void
}

/**
 * Moves a store, and a copy or the whole of its master key, into a folder within the data folder: on the same file system, each file
 * moves completely or not at all.
 *
 * @param keepKey whether the master key stays in use; then it is copied.
 * @throws {BackupError} if another process has the store open.
 */
export function setAside(dataFolder: string, name: string, keepKey: boolean): Aside {
  const key = join(dataFolder, MASTER_KEY_FILE)
  const hasStore = existsSync(join(dataFolder, DATABASE_FILE))
  if (!hasStore && (keepKey || !existsSync(key))) return { folder: undefined, undo() {} }
  if (hasStore) close(join(dataFolder, DATABASE_FILE))
  const folder = join(dataFolder, name)
  mkdirSync(folder, { mode: 0o700 })
  const copied = keepKey && existsSync(key)
  if (copied) copyFileSync(key, join(folder, MASTER_KEY_FILE))
  const moved = [...FILES, ...(copied ? [] : [MASTER_KEY_FILE])].filter((file) => existsSync(join(dataFolder, file)))
  for (const file of moved) renameSync(join(dataFolder, file), join(folder, file))
  return {
    folder,
    undo() {
      for (const file of moved) renameSync(join(folder, file), join(dataFolder, file))
      if (copied) rmSync(join(folder, MASTER_KEY_FILE))
      rmdirSync(folder)
    },
  }
}

// Leaves WAL mode, which merges the -wal file, and fails while anyone else has the database open.
function close(path: string): void {
  try {
    const database = sqliteDriver().open(path, { mustExist: true, busyTimeoutMs: 1_000 })
    try {
      database.exec('PRAGMA journal_mode = DELETE')
    } finally {
      database.close()
    }
  } catch (error) {
    // A damaged store is a common reason for a restore; it is kept as it is.
    if (!(error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return
    throw new BackupError(`Another process has ${path} open. Stop the server and other commands first.`)
  }
}
