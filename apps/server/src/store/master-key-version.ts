import type { Kysely, Transaction } from 'kysely'
import { MasterKeyError } from '../vault/master-key.ts'
import type { MasterKeyRow, Tables } from './tables.ts'

/** The current master key; undefined if the store is new. */
export function findMasterKeyRow(db: Kysely<Tables>): Promise<MasterKeyRow | undefined> {
  return db.selectFrom('master_key').selectAll().executeTakeFirst()
}

export function requireMasterKeyRow(db: Kysely<Tables>): Promise<MasterKeyRow> {
  return db.selectFrom('master_key').selectAll().executeTakeFirstOrThrow()
}

/**
 * Checks, within a change, that the data about to be written is encrypted under the current master key: a process that does not know of a
 * rotation yet must not write under the old one.
 *
 * @throws {MasterKeyError} if it is not.
 */
export async function requireVersion(transaction: Transaction<Tables>, version: number): Promise<void> {
  if ((await requireMasterKeyRow(transaction)).version === version) return
  throw new MasterKeyError('The master key has been rotated meanwhile, and nothing was changed. Try again.')
}
