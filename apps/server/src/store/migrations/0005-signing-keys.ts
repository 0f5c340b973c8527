import { type Kysely, sql } from 'kysely'

/** Public keys stand beside secrets, an end can lie ahead, and it is noted when a key was last used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('secret').renameTo('signing_key').execute()
  await db.schema.alterTable('signing_key').renameColumn('retired_at', 'retires_at').execute()
  await sql`update signing_key set retires_at = created_at where state = 'retired' and retires_at is null`.execute(db)
  await db.schema.alterTable('signing_key').dropColumn('state').execute()
  await db.schema
    .alterTable('signing_key')
    .addColumn('kind', 'varchar(16)', (column) => column.notNull().defaultTo('secret'))
    .execute()
  await db.schema.alterTable('signing_key').addColumn('last_used_at', 'bigint').execute()
}
