import type { KeyObject } from 'node:crypto'
import { generateMasterKey, MasterKeyError, parseMasterKeys, readMasterKeys, writeMasterKeys } from './master-key.ts'

/** The master key that a rotation switches to. */
export interface SuccessorKey {
  readonly key: KeyObject
  /** From then on, startup finds the old key and this one, whatever happens. */
  keepBoth(): void
  /** From then on, startup finds only this one. */
  keepNew(): void
}

/** A new key, for the file `master.key` in the data folder. */
export function generateSuccessor(dataFolder: string): SuccessorKey {
  const key = generateMasterKey()
  return {
    key,
    keepBoth: () => writeMasterKeys(dataFolder, [...readMasterKeys(dataFolder, undefined), key]),
    keepNew: () => writeMasterKeys(dataFolder, [key]),
  }
}

/**
 * A key that was passed in. The caller keeps it, and the old one.
 *
 * @throws {MasterKeyError} if it is not one key, or is the current one.
 */
export function parseSuccessor(text: string, old: string): SuccessorKey {
  const [key, ...others] = parseMasterKeys(text, 'STAGEDOOR_MASTER_KEY_NEW')
  if (others.length > 0) throw new MasterKeyError('STAGEDOOR_MASTER_KEY_NEW must be one key')
  if (parseMasterKeys(old, 'STAGEDOOR_MASTER_KEY').some((other) => other.equals(key))) {
    throw new MasterKeyError('STAGEDOOR_MASTER_KEY_NEW must differ from STAGEDOOR_MASTER_KEY')
  }
  return { key, keepBoth: () => {}, keepNew: () => {} }
}
