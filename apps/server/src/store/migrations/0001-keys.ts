import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

export async function up(db: Kysely<unknown>, { bytes }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('api_key')
    .addColumn('api_key', 'varchar(256)', (column) => column.primaryKey())
    .addColumn('name', 'varchar(256)', (column) => column.notNull())
    .addColumn('allow_any_user', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('secret')
    .addColumn('api_key', 'varchar(256)', (column) => column.notNull().references('api_key.api_key'))
    .addColumn('key_id', 'varchar(256)', (column) => column.notNull())
    .addColumn('algorithm', 'varchar(16)', (column) => column.notNull())
    .addColumn('sealed', bytes, (column) => column.notNull())
    .addColumn('state', 'varchar(16)', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('retired_at', 'bigint')
    .addPrimaryKeyConstraint('secret_name', ['api_key', 'key_id'])
    .execute()
  await db.schema
    .createTable('master_key')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('proof', bytes, (column) => column.notNull())
    .execute()
}
