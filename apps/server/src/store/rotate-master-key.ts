import type { Kysely, Transaction } from 'kysely'
import { createSeal, type Seal, SealBrokenError } from '../keyring/seal.ts'
import { openSigningKey, sealSigningKey } from '../keyring/seal-signing-key.ts'
import type { SuccessorKey } from '../keyring/successor-key.ts'
import { change } from './changes.ts'
import { readSigningKey } from './key-queries.ts'
import { requireMasterKeyRow } from './master-key-version.ts'
import { PROOF, PROOF_PLACE, proveMasterKey } from './prove-master-key.ts'
import type { MasterKeyRow, Tables } from './tables.ts'

export interface Rotation {
  /** The version of the master key that is in force now. */
  readonly version: number
  /** How many secrets are sealed under it. */
  readonly secrets: number
  /** Whether it was in force already: an earlier rotation to the same key had come as far. */
  readonly wasDone: boolean
}

/**
 * Seals every secret anew under another master key. At each moment of it, the keys that are kept open everything: both are kept
 * before the first secret changes, all of them change in one transaction, and the old key is forgotten only once the new one
 * has opened what was committed.
 *
 * @throws {SealBrokenError} where a key does not open a secret that it should; nothing is changed then.
 */
export async function rotateMasterKey(db: Kysely<Tables>, seal: Seal, successor: SuccessorKey): Promise<Rotation> {
  const { version, wasDone } = await change(db, (transaction) => sealAnew(transaction, seal, successor))
  // In a change of its own: what is read is committed, and no other rotation is in the middle of writing its keys.
  const secrets = await change(db, async (transaction) => {
    const proven = createSeal(() => [successor.key], version)
    await proveMasterKey(transaction, proven)
    const opened = await openAll(transaction, proven)
    successor.keepNew()
    return opened.length
  })
  return { version, secrets, wasDone }
}

async function sealAnew(
  transaction: Transaction<Tables>,
  seal: Seal,
  successor: SuccessorKey,
): Promise<Omit<Rotation, 'secrets'>> {
  const current = await requireMasterKeyRow(transaction)
  if (isUnder(successor, current)) return { version: current.version, wasDone: true }
  // Another rotation may have come first; the seal learns of it here.
  await proveMasterKey(transaction, seal)
  successor.keepBoth()
  const next = createSeal(() => [successor.key], current.version + 1)
  const before = await openAll(transaction, seal)
  for (const key of before) {
    const { sealed, masterKeyVersion } = sealSigningKey(next, key)
    await transaction
      .updateTable('signing_key')
      .set({ sealed, master_key_version: masterKeyVersion })
      .where('api_key', '=', key.apiKey)
      .where('key_id', '=', key.keyId)
      .execute()
  }
  await transaction
    .updateTable('master_key')
    .set({ proof: next.close(PROOF, PROOF_PLACE), version: next.version })
    .execute()
  const after = await openAll(transaction, next)
  if (after.length !== before.length || after.some(({ material }, at) => material !== before[at]?.material)) {
    throw new SealBrokenError('A secret did not come out as it went in, so nothing was rotated')
  }
  return { version: next.version, wasDone: false }
}

function isUnder({ key }: SuccessorKey, { proof, version }: MasterKeyRow): boolean {
  try {
    createSeal(() => [key]).open(proof, PROOF_PLACE, version)
    return true
  } catch (error) {
    if (error instanceof SealBrokenError) return false
    throw error
  }
}

async function openAll(transaction: Transaction<Tables>, seal: Seal) {
  const rows = await transaction.selectFrom('signing_key').selectAll().orderBy('api_key').orderBy('key_id').execute()
  return rows.map(readSigningKey).map((key) => openSigningKey(seal, key))
}
