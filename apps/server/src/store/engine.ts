import type { Kysely } from 'kysely'
import type { ColumnTypes } from './column-types.ts'
import type { Tables } from './tables.ts'

/** A database that is connected to. Each engine has a file that exports `connect`, which answers this. */
export interface Engine {
  readonly db: Kysely<Tables>
  readonly columnTypes: ColumnTypes
  /** Brings the tables up to the newest form, while no other process does. */
  migrateAlone(migrate: (options: { readonly transactions: boolean }) => Promise<void>): Promise<void>
}
