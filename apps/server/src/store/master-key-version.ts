import type { Kysely, Transaction } from 'kysely'
import { MasterKeyError } from '../vault/master-key.ts'
import type { MasterKeyRow, Tables } from './tables.ts'

/** Which master key is in force; nothing as long as the store is new. */
export function findMasterKeyRow(db: Kysely<Tables>): Promise<MasterKeyRow | undefined> {
  return db.selectFrom('master_key').selectAll().executeTakeFirst()
}

export function requireMasterKeyRow(db: Kysely<Tables>): Promise<MasterKeyRow> {
  return db.selectFrom('master_key').selectAll().executeTakeFirstOrThrow()
}

/**
 * Makes sure, within a change, that what is about to be written is sealed under the master key that is in force: a process
 * that does not know yet of a rotation must not bring an old one back.
 *
 * @throws {MasterKeyError} where it is not.
 */
export async function requireVersion(transaction: Transaction<Tables>, version: number): Promise<void> {
  if ((await requireMasterKeyRow(transaction)).version === version) return
  throw new MasterKeyError('The master key has been rotated meanwhile, and nothing was changed. Try again.')
}
