import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * Makes a change: completely or not at all, one at a time across all processes, and counted. Each change begins with the counter, whose row
 * (on SQLite: the database) stays locked until it ends. A change within another change is part of it.
 */
export function change<T>(db: Kysely<Tables>, run: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
  return alone(db, 1, run)
}

/** The same for changes that other processes do not need to notice: not counted. */
export function changeUncounted<T>(
  db: Kysely<Tables>,
  run: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return alone(db, 0, run)
}

async function alone<T>(
  db: Kysely<Tables>,
  counts: number,
  run: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  if (!db.isTransaction) return db.transaction().execute((transaction) => alone(transaction, counts, run))
  await db
    .updateTable('change')
    .set((row) => ({ count: row('count', '+', counts) }))
    .execute()
  return run(db as Transaction<Tables>)
}

export async function readChangeCount(db: Kysely<Tables>): Promise<number> {
  return (await db.selectFrom('change').select('count').executeTakeFirstOrThrow()).count
}
