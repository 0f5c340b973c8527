import { DEFAULT_MIGRATION_TABLE, type Kysely, Migrator, sql } from 'kysely'
import { StoreDownError } from '../store-down.ts'
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
import * as connectionAttempts from './migrations/0011-connection-attempts.ts'
import * as history from './migrations/0012-history.ts'
import * as signingKeyNames from './migrations/0013-signing-key-names.ts'
import * as revokedBy from './migrations/0014-revoked-by.ts'
import * as webhookRetrying from './migrations/0015-webhook-retrying.ts'
import type { Tables } from './tables.ts'

/** In order; a released migration is never changed. */
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
  '0011-connection-attempts': connectionAttempts,
  '0012-history': history,
  '0013-signing-key-names': signingKeyNames,
  '0014-revoked-by': revokedBy,
  '0015-webhook-retrying': webhookRetrying,
}

/** The schema of a store after {@link migrate}. */
export const SCHEMA_VERSION = Object.keys(STEPS).at(-1) ?? ''

/** Migrates a store to the current schema. Several processes can do so at once. */
export function migrate({ db, columnTypes, migrateAlone }: Engine): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(STEPS).map(([name, { up }]) => [name, { up: (db: Kysely<unknown>) => up(db, columnTypes) }]),
  )
  return migrateAlone(async ({ transactions }) => {
    await requireKnownSchema(db)
    const provider = { getMigrations: async () => migrations }
    const { error } = await new Migrator({ db, provider, disableTransactions: !transactions }).migrateToLatest()
    if (error instanceof StoreDownError) throw error
    if (error !== undefined) throw new Error('The store could not be migrated', { cause: error })
  })
}

/** The migrations that a store has run, the oldest first; none if it is new. */
export async function listMigrations(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return []
  const { rows } = await sql<{
    name: string
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/** @throws {StoreDownError} if the store has run a migration that this version does not know. */
export async function requireKnownSchema(db: Kysely<Tables>): Promise<void> {
  const newer = (await listMigrations(db)).filter((name) => !(name in STEPS)).at(-1)
  if (newer === undefined) return
  throw new StoreDownError(
    `The store was written by a newer Stagedoor: its schema is ${newer}, but this version supports ${SCHEMA_VERSION}. ` +
      'Upgrade Stagedoor on this machine, or restore a backup from before the upgrade.',
  )
}
