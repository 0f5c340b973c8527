import type { Kysely } from 'kysely'

/** Refusals, and what happened by the hour. Refusals go with their API key by themselves: platforms write them while an owner deletes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('refusal')
    .addColumn('refusal_id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('latest_refusal_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('api_key', 'varchar(256)', (column) =>
      column.notNull().references('api_key.api_key').onDelete('cascade'),
    )
    .addColumn('is_proven', 'integer', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('user_id_lower', 'text', (column) => column.notNull())
    .addColumn('code', 'varchar(64)', (column) => column.notNull())
    .addColumn('origin', 'text')
    .addColumn('first_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .execute()
  const indexes: Readonly<Record<string, string[]>> = {
    latest: ['latest_refusal_id'],
    // Lists of one API key, and of all.
    of_api_key: ['api_key', 'last_at_ms', 'refusal_id'],
    of_code: ['api_key', 'code', 'last_at_ms', 'refusal_id'],
    of_user: ['user_id', 'last_at_ms', 'refusal_id'],
    by_time: ['last_at_ms', 'refusal_id'],
    // The bounds: of one API key, and of all.
    bound_of_api_key: ['api_key', 'is_proven', 'last_at_ms', 'refusal_id'],
    bound_of_all: ['is_proven', 'last_at_ms', 'refusal_id'],
  }
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(`refusal_${name}`).on('refusal').columns(columns).execute()
  }
  await db.schema
    .createTable('discarded_refusals')
    .addColumn('api_key', 'varchar(256)', (column) =>
      column.primaryKey().references('api_key.api_key').onDelete('cascade'),
    )
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('first_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_at_ms', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('refusal_log')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('kept_since_ms', 'bigint', (column) => column.notNull())
    .execute()
  // Without a reference: the sums of all API keys have no API key, and outlive those that are deleted.
  await db.schema
    .createTable('registration_hour')
    .addColumn('api_key', 'varchar(256)', (column) => column.notNull())
    .addColumn('hour', 'bigint', (column) => column.notNull())
    .addColumn('admitted', 'bigint', (column) => column.notNull())
    .addColumn('peak_sessions', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('registration_hour_name', ['api_key', 'hour'])
    .execute()
  await db.schema.createIndex('registration_hour_hour').on('registration_hour').column('hour').execute()
  await db.schema
    .createTable('refusal_hour')
    .addColumn('api_key', 'varchar(256)', (column) => column.notNull())
    .addColumn('hour', 'bigint', (column) => column.notNull())
    .addColumn('code', 'varchar(64)', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('refusal_hour_name', ['api_key', 'hour', 'code'])
    .execute()
  await db.schema.createIndex('refusal_hour_hour').on('refusal_hour').column('hour').execute()
}
