import { Buffer } from 'node:buffer'
import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const MASTER_KEY_BYTES = 32
const OTHERS_MAY_READ = 0o077

export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

/**
 * The key that the store's secrets are encrypted under: out of `STAGEDOOR_MASTER_KEY`, else out of the file `master.key` in
 * the data folder, which is made at first.
 *
 * @throws {MasterKeyError} where it is not 32 bytes in base64url, or others may read the file.
 */
export function readMasterKey(dataFolder: string, given: string | undefined): KeyObject {
  if (given !== undefined) return parse(given, 'STAGEDOOR_MASTER_KEY')
  const path = join(dataFolder, 'master.key')
  createOnce(path)
  if ((statSync(path).mode & OTHERS_MAY_READ) !== 0) {
    throw new MasterKeyError(`Others may read ${path}. Run: chmod 600 ${path}`)
  }
  return parse(readFileSync(path, 'utf8'), path)
}

function parse(text: string, source: string): KeyObject {
  const bytes = Buffer.from(text.trim(), 'base64url')
  if (bytes.length === MASTER_KEY_BYTES) return createSecretKey(bytes)
  throw new MasterKeyError(
    `${source} must hold ${MASTER_KEY_BYTES} bytes in base64url. Make one with: openssl rand -base64 32 | tr '+/' '-_' | tr -d '='`,
  )
}

// Written whole under another name and then linked, so that nobody ever reads half a key and the first of two starts wins.
function createOnce(path: string): void {
  if (exists(path)) return
  const draft = `${path}.${randomUUID()}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, `${randomBytes(MASTER_KEY_BYTES).toString('base64url')}\n`)
    fsyncSync(file)
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    closeSync(file)
    unlinkSync(draft)
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
