import type { Kysely } from 'kysely'

/** A mark goes with its API key by itself: platforms write marks while an owner deletes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('used_token')
    .addColumn('api_key', 'varchar(256)', (column) =>
      column.notNull().references('api_key.api_key').onDelete('cascade'),
    )
    .addColumn('token_id', 'text', (column) => column.notNull())
    .addColumn('forget_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('used_token_name', ['api_key', 'token_id'])
    .execute()
  await db.schema.createIndex('used_token_forget_at').on('used_token').column('forget_at').execute()
}
