import { type Kysely, type Migration, Migrator } from 'kysely'
import * as keys from './migrations/0001-keys.ts'
import * as policies from './migrations/0002-policies.ts'
import * as revocations from './migrations/0003-revocations.ts'
import type { Tables } from './tables.ts'

/** In the order in which they are made; one that has been released is never changed. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-keys': keys,
  '0002-policies': policies,
  '0003-revocations': revocations,
}

/** Brings a store up to the newest form, within the transaction that it is called in. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const provider = { getMigrations: async () => MIGRATIONS }
  const { error } = await new Migrator({ db, provider, disableTransactions: true }).migrateToLatest()
  if (error !== undefined) throw new Error('The store could not be brought up to date', { cause: error })
}
