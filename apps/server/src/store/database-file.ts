import { statSync } from 'node:fs'
import { join } from 'node:path'

/** The file of the SQLite database in a data folder. */
export const DATABASE_FILE = 'stagedoor.db'

interface Location {
  readonly dataFolder: string
  /** A PostgreSQL database, which counts as a store. */
  readonly databaseUrl?: string | undefined
}

/** Whether there is a store. True if that cannot be determined: opening the store then reports why. */
export function hasStore({ dataFolder, databaseUrl }: Location): boolean {
  if (databaseUrl !== undefined) return true
  try {
    return statSync(join(dataFolder, DATABASE_FILE), { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}
