import type { Kysely, Transaction } from 'kysely'
import { createSeal, type Seal, SealBrokenError } from '../vault/seal.ts'
import type { SuccessorKey } from '../vault/successor-key.ts'
import { change } from './changes.ts'
import { requireMasterKeyRow } from './master-key-version.ts'
import { PROOF, PROOF_PLACE, proveMasterKey } from './prove-master-key.ts'
import { openSealedTexts } from './sealed-texts.ts'
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
    const opened = await openSealedTexts(transaction, proven)
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
  const before = await openSealedTexts(transaction, seal)
  for (const { sealWith } of before) await sealWith(next)
  await transaction
    .updateTable('master_key')
    .set({ proof: next.close(PROOF, PROOF_PLACE), version: next.version })
    .execute()
  const after = await openSealedTexts(transaction, next)
  if (after.length !== before.length || after.some(({ text }, at) => text !== before[at]?.text)) {
    throw new SealBrokenError('A secret could not be verified after it was re-encrypted, so nothing was rotated')
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
