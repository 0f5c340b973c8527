import type { Kysely, Transaction } from 'kysely'
import { createSeal, type Seal, SealBrokenError } from '../vault/seal.ts'
import type { SuccessorKey } from '../vault/successor-key.ts'
import { change } from './changes.ts'
import { requireMasterKeyRow } from './master-key-version.ts'
import { PROOF, PROOF_PLACE, proveMasterKey } from './prove-master-key.ts'
import { openSealedTexts } from './sealed-texts.ts'
import type { MasterKeyRow, Tables } from './tables.ts'

export interface Rotation {
  /** The current version of the master key. */
  readonly version: number
  /** How many secrets are encrypted under it. */
  readonly secrets: number
  /** Whether it was already current: an earlier rotation to the same key got this far. */
  readonly wasDone: boolean
}

/**
 * Re-encrypts every secret under another master key. At every moment, the stored keys can decrypt everything: both are stored before the first
 * secret changes, all secrets change in one transaction, and the old key is deleted only once the new one has decrypted the committed
 * data.
 *
 * @throws {SealBrokenError} if a key does not decrypt a secret that it should; nothing is changed then.
 */
export async function rotateMasterKey(db: Kysely<Tables>, seal: Seal, successor: SuccessorKey): Promise<Rotation> {
  const { version, wasDone } = await change(db, (transaction) => sealAnew(transaction, seal, successor))
  // In a separate change: everything read is committed, and no other rotation is writing its keys.
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
  // Another rotation may have come first; the seal notices it here.
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
