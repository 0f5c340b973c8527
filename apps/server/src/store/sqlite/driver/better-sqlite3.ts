import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import process from 'node:process'
import type Database from 'better-sqlite3'
import { type CopyOptions, DEFAULT_BUSY_TIMEOUT_MS, type OpenOptions, type SqliteDriver } from './driver.ts'
import { SqliteError } from './sqlite-error.ts'

// From this version on, Node.js may abort when an object of better-sqlite3 12 is collected (nodejs: RemoveEnvironmentCleanupHook,
// "Assertion failed: (env) != nullptr"). Version 13 needs Node.js 22, which has a SQLite of its own.
const UNSAFE_FROM = 24

const require = createRequire(import.meta.url)

/**
 * Loads the optional package better-sqlite3, which is built for one version of Node.js.
 *
 * Throws if it is not installed, was built for another version, or is not safe on this one.
 */
export function loadBetterSqlite3(): SqliteDriver {
  if (Number.parseInt(process.versions.node, 10) >= UNSAFE_FROM) {
    throw new Error(`version 12 can crash Node.js ${UNSAFE_FROM} and newer`)
  }
  const Constructor: typeof Database = require('better-sqlite3')
  // The package itself loads without its native part, which is loaded when a database is opened.
  new Constructor(':memory:').close()
  return {
    name: 'better-sqlite3',
    open: (path, options = {}) => open(Constructor, path, options),
  }
}

function open(Constructor: typeof Database, path: string, options: OpenOptions) {
  const { busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS, mustExist = false, readOnly = false } = options
  // The package throws its own TypeError for it.
  if (!existsSync(dirname(path))) throw new SqliteError('unable to open database file', 'SQLITE_CANTOPEN')
  const database = new Constructor(path, { timeout: busyTimeoutMs, fileMustExist: mustExist, readonly: readOnly })
  return {
    get inTransaction() {
      return database.inTransaction
    },
    prepare: (sql: string) => database.prepare<unknown[]>(sql),
    exec(sql: string) {
      database.exec(sql)
    },
    async copyTo(file: string, { pagesAtOnce, onProgress }: CopyOptions) {
      await database.backup(file, {
        progress({ totalPages, remainingPages }) {
          onProgress(totalPages - remainingPages, totalPages)
          return pagesAtOnce
        },
      })
    },
    close() {
      database.close()
    },
  }
}
