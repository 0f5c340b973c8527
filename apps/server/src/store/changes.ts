import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * Carries out a change: whole or not at all, one at a time across all processes, and counted. Each one begins with the
 * counter, whose row (on SQLite: the database) is locked from then on to its end.
 */
export function change<T>(db: Kysely<Tables>, run: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('change')
      .set((row) => ({ count: row('count', '+', 1) }))
      .execute()
    return run(transaction)
  })
}

export async function readChangeCount(db: Kysely<Tables>): Promise<number> {
  return (await db.selectFrom('change').select('count').executeTakeFirstOrThrow()).count
}
