import { type Kysely, sql } from 'kysely'

/** A policy of many parts takes the place of its first part, and an API key can be disabled. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('api_key')
    .addColumn('policy', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute()
  await db.schema
    .alterTable('api_key')
    .addColumn('state', 'varchar(16)', (column) => column.notNull().defaultTo('active'))
    .execute()
  await sql`UPDATE api_key SET policy = '{"allowAnyUser":true}' WHERE allow_any_user = 1`.execute(db)
  await db.schema.alterTable('api_key').dropColumn('allow_any_user').execute()
}
