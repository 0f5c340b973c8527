import type { Kysely } from 'kysely'
import { MasterKeyError } from '../vault/master-key.ts'
import { type Seal, SealBrokenError } from '../vault/seal.ts'
import { change } from './changes.ts'
import { requireMasterKeyRow } from './master-key-version.ts'
import type { Tables } from './tables.ts'

export const PROOF = 'stagedoor'
export const PROOF_PLACE = 'master_key'

/**
 * Checks that the seal decrypts this store's secrets, before anything is read or written with it. A seal that did not know of a rotation
 * knows of it afterwards.
 *
 * @throws {MasterKeyError} if it has another master key.
 */
export async function proveMasterKey(db: Kysely<Tables>, seal: Seal): Promise<void> {
  const { proof, version } = await requireMasterKeyRow(db)
  try {
    seal.open(proof, PROOF_PLACE, version)
  } catch (error) {
    if (!(error instanceof SealBrokenError)) throw error
    throw new MasterKeyError(
      'The secrets in this store are encrypted with another master key. Set the one that the store was created with (or that ' +
        'it was rotated to) in STAGEDOOR_MASTER_KEY, or put it into master.key in the data folder.',
    )
  }
}

/** Binds a new store to its master key. A store that is already bound stays as it is. */
export function tieToMasterKey(db: Kysely<Tables>, seal: Seal): Promise<void> {
  return change(db, async (transaction) => {
    await transaction
      .insertInto('master_key')
      .values({ id: 1, proof: seal.close(PROOF, PROOF_PLACE), version: seal.version })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  })
}
