import { type Kysely, sql } from 'kysely'

/** The limit of a policy on attempts from one address has another name. A quote within a value is escaped, so that it never matches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`UPDATE api_key SET policy = replace(policy, '"knocksPerMinute":', '"connectionAttemptsPerMinute":')
    WHERE policy LIKE '%"knocksPerMinute":%'`.execute(db)
}
