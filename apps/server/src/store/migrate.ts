import { type Kysely, Migrator } from 'kysely'
import { StoreDownError } from '../keyring/store-down.ts'
import type { ColumnTypes } from './column-types.ts'
import type { Engine } from './engine.ts'
import * as keys from './migrations/0001-keys.ts'
import * as policies from './migrations/0002-policies.ts'
import * as revocations from './migrations/0003-revocations.ts'
import * as changes from './migrations/0004-changes-and-master-key-versions.ts'
import * as signingKeys from './migrations/0005-signing-keys.ts'
import * as usedTokens from './migrations/0006-used-tokens.ts'
import * as accounts from './migrations/0007-accounts-and-audit.ts'
import * as webhooks from './migrations/0008-webhooks.ts'
import * as webhookWaiting from './migrations/0009-webhook-waiting.ts'
import * as auditIndexes from './migrations/0010-audit-indexes.ts'

/** In the order in which they are made; one that has been released is never changed. */
const STEPS: Record<string, { up(db: Kysely<unknown>, types: ColumnTypes): Promise<void> }> = {
  '0001-keys': keys,
  '0002-policies': policies,
  '0003-revocations': revocations,
  '0004-changes-and-master-key-versions': changes,
  '0005-signing-keys': signingKeys,
  '0006-used-tokens': usedTokens,
  '0007-accounts-and-audit': accounts,
  '0008-webhooks': webhooks,
  '0009-webhook-waiting': webhookWaiting,
  '0010-audit-indexes': auditIndexes,
}

/** The form that a store has after {@link migrate}. */
export const SCHEMA_VERSION = Object.keys(STEPS).at(-1) ?? ''

/** Brings a store up to the newest form. Several processes may do so at once. */
export function migrate({ db, columnTypes, migrateAlone }: Engine): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(STEPS).map(([name, { up }]) => [name, { up: (db: Kysely<unknown>) => up(db, columnTypes) }]),
  )
  return migrateAlone(async ({ transactions }) => {
    const provider = { getMigrations: async () => migrations }
    const { error } = await new Migrator({ db, provider, disableTransactions: !transactions }).migrateToLatest()
    if (error instanceof StoreDownError) throw error
    if (error !== undefined) throw new Error('The store could not be brought up to date', { cause: error })
  })
}
