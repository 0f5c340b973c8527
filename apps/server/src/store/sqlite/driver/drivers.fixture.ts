import { loadBetterSqlite3 } from './better-sqlite3.ts'
import type { SqliteDriver } from './driver.ts'
import { loadNodeSqlite } from './node-sqlite.ts'

/** Returns the drivers that this version of Node.js can load: one or both. */
export function availableDrivers(): readonly SqliteDriver[] {
  const drivers = [loadNodeSqlite(), ifLoaded(loadBetterSqlite3)].filter((driver) => driver !== undefined)
  if (drivers.length === 0) throw new Error('No driver of SQLite can be loaded')
  return drivers
}

function ifLoaded(load: () => SqliteDriver): SqliteDriver | undefined {
  try {
    return load()
  } catch {
    return undefined
  }
}
