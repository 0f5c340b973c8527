import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('revocation')
    .addColumn('api_key', 'varchar(256)', (column) => column.notNull().references('api_key.api_key'))
    .addColumn('kind', 'varchar(16)', (column) => column.notNull())
    .addColumn('subject', 'varchar(256)', (column) => column.notNull())
    .addColumn('revoked_at', 'bigint', (column) => column.notNull())
    .addColumn('forget_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('revocation_name', ['api_key', 'kind', 'subject'])
    .execute()
  await db.schema.createIndex('revocation_forget_at').on('revocation').column('forget_at').execute()
}
