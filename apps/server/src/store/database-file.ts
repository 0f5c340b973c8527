import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreLocation } from './open.ts'

/** The file of the SQLite database in a data folder. */
export const DATABASE_FILE = 'stagedoor.db'

/** Whether there is a store. True if that cannot be found out: opening the store then says why. */
export function hasStore({ dataFolder, databaseUrl }: Pick<StoreLocation, 'dataFolder' | 'databaseUrl'>): boolean {
  if (databaseUrl !== undefined) return true
  try {
    return statSync(join(dataFolder, DATABASE_FILE), { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}
