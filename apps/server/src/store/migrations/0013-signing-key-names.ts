import { type Kysely, sql } from 'kysely'

/**
 * Signing keys have one name: in the kind of a revocation, and in the right of a personal access token. The audit log stays as it was
 * written.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`UPDATE revocation SET kind = 'signing_key' WHERE kind = 'secret'`.execute(db)
  await sql`UPDATE personal_token SET rights = replace(rights, '"secrets:write"', '"signing_keys:write"')
    WHERE rights LIKE '%"secrets:write"%'`.execute(db)
}
