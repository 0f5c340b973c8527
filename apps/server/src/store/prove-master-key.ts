import type { Kysely } from 'kysely'
import { MasterKeyError } from '../keyring/master-key.ts'
import { type Seal, SealBrokenError } from '../keyring/seal.ts'
import type { Tables } from './tables.ts'

const PROOF = 'stagedoor'
const PLACE = 'master_key'

/**
 * Makes sure that the seal is the one that this store's secrets are under, before anything is read or written with it.
 *
 * @throws {MasterKeyError} where it is another.
 */
export async function proveMasterKey(db: Kysely<Tables>, seal: Seal): Promise<void> {
  await db
    .insertInto('master_key')
    .values({ id: 1, proof: seal.close(PROOF, PLACE) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  const { proof } = await db.selectFrom('master_key').select('proof').executeTakeFirstOrThrow()
  try {
    seal.open(proof, PLACE)
  } catch (error) {
    if (!(error instanceof SealBrokenError)) throw error
    throw new MasterKeyError(
      'The secrets in this store are encrypted under another master key. Give the one that the store was made with, in ' +
        'STAGEDOOR_MASTER_KEY or as master.key in the data folder.',
    )
  }
}
