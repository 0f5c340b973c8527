import type { Kysely } from 'kysely'

/** Who revoked. It is not known of what was revoked before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('revocation').addColumn('revoked_by_kind', 'varchar(16)').execute()
  await db.schema.alterTable('revocation').addColumn('revoked_by_name', 'varchar(256)').execute()
}
