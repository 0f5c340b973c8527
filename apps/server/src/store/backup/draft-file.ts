import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../../vault/master-key.ts'
import { BackupError } from './backup-error.ts'

// Files that SQLite keeps next to an open database.
const BESIDE = ['', '-journal', '-wal', '-shm']

/** A file that is written completely before it gets its name. Only its owner can read it. */
export interface Draft {
  readonly path: string
  /** Gives it its name, replacing an existing file. */
  place(): void
  /** Removes what was not placed. */
  remove(): void
}

export function draftOf(path: string): Draft {
  const draft = `${path}.${randomUUID()}.part`
  // Before anything is in it: SQLite creates files that others can read.
  closeSync(openSync(draft, 'wx', 0o600))
  return {
    path: draft,
    place() {
      sync(draft)
      renameSync(draft, path)
      syncFolder(dirname(path))
    },
    remove() {
      for (const end of BESIDE) rmSync(draft + end, { force: true })
    },
  }
}

export function writeDraft(path: string, text: string): Draft {
  const draft = draftOf(path)
  writeFileSync(draft.path, text)
  return draft
}

/** @throws {BackupError} if the file exists. */
export function requireNoFile(path: string): void {
  if (existsSync(path))
    throw new BackupError(`${path} already exists. Name another file, or overwrite it with --force.`)
}

function sync(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
