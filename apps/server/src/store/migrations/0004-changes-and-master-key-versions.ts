import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('change')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('count', 'bigint', (column) => column.notNull())
    .execute()
  await sql`insert into change (id, count) values (1, 0)`.execute(db)
  await db.schema
    .alterTable('secret')
    .addColumn('master_key_version', 'integer', (column) => column.notNull().defaultTo(1))
    .execute()
  await db.schema
    .alterTable('master_key')
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
    .execute()
}
