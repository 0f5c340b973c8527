import process from 'node:process'
import { StoreDownError } from '../../../store-down.ts'
import { loadBetterSqlite3 } from './better-sqlite3.ts'
import type { SqliteDriver } from './driver.ts'
import { loadNodeSqlite } from './node-sqlite.ts'

export interface DriverLoaders {
  /** Returns undefined if Node.js has no SQLite that can be used. */
  readonly loadNodeSqlite: () => SqliteDriver | undefined
  /** Throws if the package is not installed or not built for this version of Node.js. */
  readonly loadBetterSqlite3: () => SqliteDriver
}

let chosen: SqliteDriver | undefined

/**
 * Returns the driver for this version of Node.js, loaded once.
 *
 * Throws {@link StoreDownError} if there is none.
 */
export function sqliteDriver(): SqliteDriver {
  chosen ??= chooseDriver({ loadNodeSqlite, loadBetterSqlite3 }, process.versions.node)
  return chosen
}

/** Prefers the SQLite of Node.js: it needs no compiler, and stays usable when Node.js is upgraded. */
export function chooseDriver(loaders: DriverLoaders, nodeVersion: string): SqliteDriver {
  const builtIn = loaders.loadNodeSqlite()
  if (builtIn !== undefined) return builtIn
  try {
    return loaders.loadBetterSqlite3()
  } catch (error) {
    throw new StoreDownError(
      `Node.js ${nodeVersion} has no SQLite that Stagedoor supports, and the optional package better-sqlite3 ${describe(error)}. ` +
        'Use Node.js 22.16 or newer, or install a C++ compiler and install Stagedoor again, or use PostgreSQL.',
      { cause: error },
    )
  }
}

function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'MODULE_NOT_FOUND') return 'is not installed'
  if (code === 'ERR_DLOPEN_FAILED') return 'was built for another version of Node.js'
  if (message.startsWith('Could not locate the bindings')) return 'is not built'
  const [firstLine] = message.split('\n')
  return `cannot be loaded (${firstLine})`
}
