import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../../vault/master-key.ts'
import { BackupError } from './backup-error.ts'

// What SQLite puts beside a database while it is open.
const BESIDE = ['', '-journal', '-wal', '-shm']

/** A file that is written whole before it gets its name. Nobody but its owner may read it. */
export interface Draft {
  readonly path: string
  /** Gives it its name, in place of what has it. */
  place(): void
  /** Takes away what was not placed. */
  remove(): void
}

export function draftOf(path: string): Draft {
  const draft = `${path}.${randomUUID()}.part`
  // Before anything is in it: SQLite makes files that others may read.
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

/** @throws {BackupError} if there is such a file. */
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
