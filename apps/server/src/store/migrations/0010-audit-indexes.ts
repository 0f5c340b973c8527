import type { Kysely } from 'kysely'

/** For those who ask the audit trail by more than the API key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['action', 'actor_id', 'actor_name', 'subject', 'at']) {
    await db.schema.createIndex(`audit_${column}`).on('audit').columns([column, 'audit_id']).execute()
  }
}
