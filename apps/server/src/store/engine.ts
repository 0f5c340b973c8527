import type { Kysely } from 'kysely'
import type { ColumnTypes } from './column-types.ts'
import type { Tables } from './tables.ts'

/** A connected database, as returned by the `connect` of each engine's file. */
export interface Engine {
  readonly db: Kysely<Tables>
  readonly columnTypes: ColumnTypes
  /** Migrates the tables to the current schema, while no other process does. */
  migrateAlone(migrate: (options: { readonly transactions: boolean }) => Promise<void>): Promise<void>
}
