import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { commandLine } from '../../command-line.ts'
import { unlockMasterKeys } from '../../vault/lock-master-key.ts'
import { MASTER_KEY_FILE, MasterKeyError, parseMasterKeys, readMasterKeys, writeOut } from '../../vault/master-key.ts'
import { createSeal, type MasterKeys } from '../../vault/seal.ts'
import { DATABASE_FILE } from '../database-file.ts'
import { masterKeyFileOf } from './back-up.ts'
import { BackupError, explainTargetError, type OnProgress } from './backup-error.ts'
import { checkBackup } from './check-backup.ts'
import { type Draft, draftOf, writeDraft } from './draft-file.ts'
import { listContents, setAside } from './set-aside.ts'

export interface RestoreOptions {
  readonly file: string
  readonly dataFolder: string
  /** The master key if it is in the environment; default: the file `master.key` in the data folder. */
  readonly masterKey?: string | undefined
  /** The passphrase of the master key next to the backup; undefined to use the key of this machine. */
  readonly passphrase: string | undefined
  /** Whether an existing store can be set aside. */
  readonly force: boolean
  /** Throws if a server runs on the data folder. */
  readonly requireNoServer: () => Promise<void>
  /** The name of the folder for the former content. */
  readonly asideName: string
  readonly onProgress: OnProgress
}

export interface Restored {
  readonly dataFolder: string
  readonly schemaVersion: string
  /** Where the former content is; undefined if there was none. */
  readonly aside: string | undefined
  readonly masterKey: 'environment' | 'data folder' | 'backup'
}

/**
 * Restores a backup into a data folder, or changes nothing. It is copied next to its place and checked there first; the former content is
 * kept.
 *
 * @throws {BackupError} if the file is not a complete backup, or the folder is not empty and `force` is not set.
 * @throws {MasterKeyError} if there is no master key, or the wrong one.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { dataFolder, force, requireNoServer, asideName, onProgress } = options
  const file = resolve(options.file)
  requireBackup(file)
  await requireNoServer()
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const found = listContents(dataFolder)
  if (found.length > 0 && !force) {
    throw new BackupError(
      `${dataFolder} is not empty (${found.slice(0, 3).join(', ')}). Name another folder, or use --force, which moves the existing data aside.`,
    )
  }
  const { keys, from } = await findMasterKeys(options, file)
  const drafts: Draft[] = []
  try {
    const database = draftOf(join(dataFolder, DATABASE_FILE))
    drafts.push(database)
    await copy(file, database.path, onProgress)
    const schemaVersion = await checkBackup(
      database.path,
      file,
      createSeal(() => keys),
    )
    if (from === 'backup') drafts.push(writeDraft(join(dataFolder, MASTER_KEY_FILE), writeOut(keys)))
    await requireNoServer()
    // The existing key stays if the backup uses it.
    const aside = setAside(dataFolder, asideName, from === 'data folder')
    try {
      // The database last: if it is there, its key is too.
      for (const draft of drafts.toReversed()) draft.place()
    } catch (error) {
      aside.undo()
      throw error
    }
    return { dataFolder, schemaVersion, aside: aside.folder, masterKey: from }
  } catch (error) {
    throw explainTargetError(error, dataFolder)
  } finally {
    for (const draft of drafts) draft.remove()
  }
}

function requireBackup(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw new BackupError(`There is no file ${file}.`)
  if (!found.isFile()) throw new BackupError(`${file} is not a file. Name a file that ${commandLine('backup')} wrote.`)
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new BackupError(
      `${file} is a database that is in use: part of it is in ${file}-wal. Make a backup of it with: ${commandLine('backup <file>')}`,
    )
  }
}

async function findMasterKeys(
  { dataFolder, masterKey, passphrase }: RestoreOptions,
  file: string,
): Promise<{ keys: MasterKeys; from: Restored['masterKey'] }> {
  const locked = masterKeyFileOf(file)
  if (passphrase !== undefined) {
    if (!existsSync(locked)) {
      throw new BackupError(
        `There is no ${locked}. The backup was made without --with-master-key, or the file is elsewhere.`,
      )
    }
    return { keys: await unlockMasterKeys(readFileSync(locked, 'utf8'), passphrase, locked), from: 'backup' }
  }
  if (masterKey !== undefined) return { keys: parseMasterKeys(masterKey, 'STAGEDOOR_MASTER_KEY'), from: 'environment' }
  if (existsSync(join(dataFolder, MASTER_KEY_FILE)))
    return { keys: readMasterKeys(dataFolder, undefined), from: 'data folder' }
  throw new MasterKeyError(
    `The secrets in a backup can only be decrypted with their master key. ${
      existsSync(locked)
        ? `Use --with-master-key for the one in ${locked}`
        : `Copy ${MASTER_KEY_FILE} into ${dataFolder}, or set STAGEDOOR_MASTER_KEY`
    }, and run this again.`,
  )
}

function copy(from: string, to: string, onProgress: OnProgress): Promise<void> {
  const total = statSync(from).size
  let done = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length
      onProgress(done, total)
      next(null, chunk)
    },
  })
  return pipeline(createReadStream(from), count, createWriteStream(to, { flags: 'r+' }))
}
