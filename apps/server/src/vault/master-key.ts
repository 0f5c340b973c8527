import { Buffer } from 'node:buffer'
import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { MasterKeys } from './seal.ts'

/** The path of the master key in a data folder. */
export const MASTER_KEY_FILE = 'master.key'

const MASTER_KEY_BYTES = 32
const IN_BASE64 = /^[\w+/-]{43}=?$/
const OTHERS_MAY_READ = 0o077

export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

/**
 * The keys under which the store's secrets may be encrypted: from `STAGEDOOR_MASTER_KEY`, or else from the file `master.key` in the data
 * folder. During a rotation there are several, separated by line breaks or spaces.
 *
 * @throws {MasterKeyError} if one is not 32 bytes in base64url, there is no file, or others can read it.
 */
export function readMasterKeys(dataFolder: string, given: string | undefined): MasterKeys {
  if (given !== undefined) return parseMasterKeys(given, 'STAGEDOOR_MASTER_KEY')
  const path = pathIn(dataFolder)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) {
    throw new MasterKeyError(
      `There is no ${path}. Put the master key that the store was created with there, or set STAGEDOOR_MASTER_KEY.`,
    )
  }
  if ((found.mode & OTHERS_MAY_READ) !== 0) {
    const mode = (found.mode & 0o777).toString(8).padStart(4, '0')
    throw new MasterKeyError(
      `Other users can read ${path} (mode ${mode}). Run: chmod 600 ${path}. If the volume sets the mode, as with fsGroup in ` +
        'Kubernetes, set STAGEDOOR_MASTER_KEY from a secret instead.',
    )
  }
  return parseMasterKeys(readFileSync(path, 'utf8'), path)
}

/** Creates the file with a new key if there is none. If two processes do so at once, the first wins. */
export function makeMasterKey(dataFolder: string): void {
  const path = pathIn(dataFolder)
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const draft = writeDraft(path, [generateMasterKey()])
  try {
    linkSync(draft, path)
    syncFolder(dataFolder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
}

/** Replaces the content of the file, completely or not at all. */
export function writeMasterKeys(dataFolder: string, keys: MasterKeys): void {
  const path = pathIn(dataFolder)
  renameSync(writeDraft(path, keys), path)
  syncFolder(dataFolder)
}

export function generateMasterKey(): KeyObject {
  return createSecretKey(randomBytes(MASTER_KEY_BYTES))
}

/** @param source the origin of the text, for the error. */
export function parseMasterKeys(text: string, source: string): MasterKeys {
  const [first, ...others] = text
    .trim()
    .split(/[\s,]+/)
    .map((part) => parseOne(part, source))
  if (first === undefined) throw new MasterKeyError(`${source} is empty`)
  return [first, ...others]
}

function parseOne(text: string, source: string): KeyObject {
  // The decoder would skip characters that are not base64url.
  if (IN_BASE64.test(text)) return createSecretKey(Buffer.from(text, 'base64url'))
  throw new MasterKeyError(
    `${source} must be ${MASTER_KEY_BYTES} bytes in base64url. Generate one: openssl rand -base64 32 | tr '+/' '-_' | tr -d '='`,
  )
}

/** In the format that {@link parseMasterKeys} reads. */
export function writeOut(keys: MasterKeys): string {
  return keys.map((key) => `${key.export().toString('base64url')}\n`).join('')
}

function pathIn(dataFolder: string): string {
  return join(dataFolder, MASTER_KEY_FILE)
}

// Written completely under another name first, so that nobody ever reads half a key.
function writeDraft(path: string, keys: MasterKeys): string {
  const draft = `${path}.${randomUUID()}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, writeOut(keys))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return draft
}

/** The new name of a file is on disk only once its folder is synced. Windows has no equivalent. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
