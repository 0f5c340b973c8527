import { commandLine } from '../../command-line.ts'
import { StoreDownError } from '../../store-down.ts'
import type { SqliteDatabase } from './driver/driver.ts'

const RESTORE = `Restore a backup: ${commandLine('restore --force <file>')}`

// What is wrong and what to do, by the beginning of the code (https://sqlite.org/rescode.html).
const CAUSES: readonly (readonly [string, string])[] = [
  ['SQLITE_FULL', 'the disk is full. Free space on the disk of the data folder. The platform then recovers by itself'],
  ['SQLITE_READONLY_DBMOVED', 'stagedoor.db was moved or replaced while in use. Restart the platform'],
  [
    'SQLITE_READONLY',
    'it is read-only. Check that the platform can write the data folder and every stagedoor.db* in it, and that the disk is not mounted read-only',
  ],
  [
    'SQLITE_IOERR',
    'the disk has failed or is full. Check the system log, and free space on the disk of the data folder',
  ],
  [
    'SQLITE_CANTOPEN',
    'stagedoor.db cannot be opened. Check that the platform can read and write the data folder and every stagedoor.db* in it',
  ],
  ['SQLITE_PERM', 'access was denied. Check that the platform can read and write the data folder'],
  ['SQLITE_CORRUPT', `stagedoor.db is damaged. ${RESTORE}`],
  ['SQLITE_NOTADB', `stagedoor.db is not a SQLite database. ${RESTORE}`],
  ['SQLITE_BUSY', 'another process has locked it. Find the process that uses the data folder'],
  ['SQLITE_LOCKED', 'another process has locked it. Find the process that uses the data folder'],
]
const FOLDER_CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'no permission. Create it yourself, owned by the user that runs the platform',
  EPERM: 'no permission. Create it yourself, owned by the user that runs the platform',
  EROFS: 'the disk is mounted read-only. Choose another --data',
  ENOSPC: 'the disk is full. Free space',
  EDQUOT: 'the quota is used up. Free space',
  ENOTDIR: 'part of the path is a file. Choose another --data',
  EEXIST: 'there is a file with that name. Choose another --data',
}
// The acknowledgement of a write may have been lost.
const IS_UNSURE = /^SQLITE_IOERR/

/** Translates SQLite failures because of which the store cannot be used, with the cause and what to do. Others stay unchanged. */
export function explainSqliteError(error: unknown): unknown {
  const { code } = error as { code?: unknown }
  const cause = typeof code === 'string' ? CAUSES.find(([start]) => code.startsWith(start))?.[1] : undefined
  if (cause === undefined) return error
  const outcome = IS_UNSURE.test(String(code))
    ? 'Check whether the change was made before you repeat it.'
    : 'Nothing was changed.'
  return new StoreDownError(`The store cannot be used: ${cause} (${code}). ${outcome}`, { cause: error })
}

/** The same for a data folder that cannot be created. */
export function explainFolderError(error: unknown, dataFolder: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  const cause = FOLDER_CAUSES[code]
  if (cause === undefined) return error
  return new StoreDownError(`The data folder ${dataFolder} cannot be created: ${cause} (${code}).`, { cause: error })
}

/** Rolls back an open transaction. SQLite does so itself if the disk is full, and then reports none. */
export function rollBack(database: SqliteDatabase): void {
  if (database.inTransaction) database.exec('ROLLBACK')
}
