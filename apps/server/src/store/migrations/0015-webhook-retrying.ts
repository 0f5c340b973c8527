import { type Kysely, sql } from 'kysely'

/** What waits for its first attempt and what is retried are listed apart, and either may be a few among many. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, condition] of [
    ['unattempted', sql<boolean>`state = 'pending' AND tries = 0`],
    ['retrying', sql<boolean>`state = 'pending' AND tries > 0`],
  ] as const) {
    await db.schema
      .createIndex(`webhook_delivery_${name}`)
      .on('webhook_delivery')
      .columns(['endpoint_id', 'state', 'delivery_id'])
      .where(condition)
      .execute()
  }
}
