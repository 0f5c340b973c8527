import type { Kysely } from 'kysely'

/** For each write it is counted what waits for an endpoint, and the oldest of it is found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('webhook_delivery_waiting')
    .on('webhook_delivery')
    .columns(['endpoint_id', 'state', 'delivery_id'])
    .execute()
}
