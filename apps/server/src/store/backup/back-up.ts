import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { lockMasterKeys } from '../../vault/lock-master-key.ts'
import { readMasterKeys } from '../../vault/master-key.ts'
import { createSeal } from '../../vault/seal.ts'
import { DATABASE_FILE } from '../database-file.ts'
import { sqliteDriver } from '../sqlite/driver/choose-driver.ts'
import { BackupError, explainTargetError, type OnProgress } from './backup-error.ts'
import { checkBackup } from './check-backup.ts'
import { type Draft, draftOf, requireNoFile, writeDraft } from './draft-file.ts'

/** The suffix of the file with the locked master key, next to a backup. */
export const masterKeyFileOf = (file: string): string => `${file}.master-key`

export interface BackupOptions {
  readonly dataFolder: string
  /** The master key if it is in the environment; default: the file `master.key` in the data folder. */
  readonly masterKey?: string | undefined
  /** The path of the backup. */
  readonly file: string
  /** The passphrase for the master key in a file next to the backup; undefined for a backup without it. */
  readonly passphrase: string | undefined
  /** Whether an existing file can be replaced. */
  readonly force: boolean
  readonly onProgress: OnProgress
}

export interface Backup {
  readonly file: string
  readonly masterKeyFile: string | undefined
  readonly bytes: number
  readonly schemaVersion: string
}

// The backup can be interrupted between two portions of this many pages (4 KiB each).
const PAGES_AT_ONCE = 1_024

/**
 * Writes a snapshot of a SQLite store into one file, while platforms read and write the store. The file is checked before it gets its
 * name.
 *
 * @throws {BackupError} if there is no store, or the file already exists.
 * @throws {MasterKeyError} if the master key is requested and does not open the store.
 */
export async function backUp(options: BackupOptions): Promise<Backup> {
  const { dataFolder, masterKey, passphrase, force, onProgress } = options
  const source = join(dataFolder, DATABASE_FILE)
  const file = resolve(options.file)
  const masterKeyFile = passphrase === undefined ? undefined : masterKeyFileOf(file)
  if (!existsSync(source))
    throw new BackupError(`There is no store in ${dataFolder}. Name the data folder with --data.`)
  if (!existsSync(dirname(file))) throw new BackupError(`There is no folder ${dirname(file)}.`)
  if (file === source) throw new BackupError(`${file} is the store itself. Name another file.`)
  const requireFree = () => {
    if (force) return
    requireNoFile(file)
    if (masterKeyFile !== undefined) requireNoFile(masterKeyFile)
  }
  requireFree()
  const drafts: Draft[] = []
  try {
    const draft = draftOf(file)
    drafts.push(draft)
    await copyPages(source, draft.path, onProgress)
    // Read after the copy: if a rotation ended meanwhile, the copy is under its key.
    const keys = passphrase === undefined ? undefined : readMasterKeys(dataFolder, masterKey)
    const schemaVersion = await checkBackup(draft.path, 'The copy', keys && createSeal(() => keys))
    if (passphrase !== undefined && masterKeyFile !== undefined && keys !== undefined) {
      drafts.push(writeDraft(masterKeyFile, await lockMasterKeys(keys, passphrase)))
    }
    requireFree()
    // The backup last: if it is there, all of it is.
    for (const each of drafts.toReversed()) each.place()
    return { file, masterKeyFile, bytes: statSync(file).size, schemaVersion }
  } catch (error) {
    throw explainTargetError(error, dirname(file))
  } finally {
    for (const each of drafts) each.remove()
  }
}

async function copyPages(source: string, path: string, onProgress: OnProgress): Promise<void> {
  const database = sqliteDriver().open(source, { mustExist: true })
  try {
    const [{ page_size: pageBytes }] = database.prepare('PRAGMA page_size').all([]) as [{ page_size: number }]
    // All reads from here on see one moment. Otherwise, each change by a platform would restart the copy, and under load it would
    // never finish.
    // load it would never end.
    database.exec('BEGIN')
    database.prepare('SELECT count(*) FROM sqlite_schema').all([])
    await database.copyTo(path, {
      pagesAtOnce: PAGES_AT_ONCE,
      onProgress: (done, total) => onProgress(done * pageBytes, total * pageBytes),
    })
  } finally {
    database.close()
  }
  const copy = sqliteDriver().open(path, { mustExist: true })
  try {
    // One file only, without a -wal file that could be left behind.
    copy.exec('PRAGMA journal_mode = DELETE')
  } finally {
    copy.close()
  }
}
