import type { KeyObject } from 'node:crypto'
import { decrypt, encrypt } from './encrypt.ts'

/** The version of a store's first master key; each rotation increments it. */
export const FIRST_VERSION = 1

/** Encrypts stored data, and binds it to its place and to a version of the master key. */
export interface Seal {
  /** The version of the master key that it encrypts with: the newest with which it has decrypted anything. */
  readonly version: number
  /** @param place the record that the text belongs to; it can be decrypted for no other. */
  close(text: string, place: string): Uint8Array
  /**
   * @param version the version of the master key that encrypted the bytes.
   * @throws {SealBrokenError} if no master key decrypts them for this place.
   */
  open(sealed: Uint8Array, place: string, version: number): string
}

export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError'
}

/** One master key or, during a rotation, several. */
export type MasterKeys = readonly [KeyObject, ...KeyObject[]]

/**
 * Creates a seal that learns of new versions automatically.
 *
 * @param masterKeys reads the current keys. It is called again for an unknown version: the key that decrypts its data belongs to that
 * version.
 * @param version the version that the first key encrypts with until something newer was decrypted.
 */
export function createSeal(masterKeys: () => MasterKeys, version = FIRST_VERSION): Seal {
  const known = new Map<number, KeyObject>()
  let newest = version

  function discover(sealed: Uint8Array, place: string, version: number): string | undefined {
    for (const key of masterKeys()) {
      const text = decrypt(key, sealed, place)
      if (text === undefined) continue
      known.set(version, key)
      newest = Math.max(newest, version)
      return text
    }
    return undefined
  }

  return {
    get version() {
      return newest
    },
    close: (text, place) => encrypt(known.get(newest) ?? masterKeys()[0], text, place),
    open(sealed, place, version) {
      const key = known.get(version)
      const text = key === undefined ? discover(sealed, place, version) : decrypt(key, sealed, place)
      if (text === undefined)
        throw new SealBrokenError('The master key does not decrypt this value, or the value was changed')
      return text
    },
  }
}
