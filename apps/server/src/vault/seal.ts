import type { KeyObject } from 'node:crypto'
import { decrypt, encrypt } from './encrypt.ts'

/** The version of the first master key of a store; each rotation counts one up. */
export const FIRST_VERSION = 1

/** Encrypts what is kept in the store, and ties it to the place where it lies and to a version of the master key. */
export interface Seal {
  /** The version of the master key that it closes with: the newest that it has opened anything of. */
  readonly version: number
  /** @param place what the text belongs to; it opens under no other. */
  close(text: string, place: string): Uint8Array
  /**
   * @param version that of the master key which the bytes were sealed with.
   * @throws {SealBrokenError} where no master key opens them at this place.
   */
  open(sealed: Uint8Array, place: string, version: number): string
}

export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError'
}

/** One master key or, while it is being rotated, several. */
export type MasterKeys = readonly [KeyObject, ...KeyObject[]]

/**
 * A seal that learns of new versions by itself.
 *
 * @param masterKeys reads those that there are now. It is asked again where a version is met that is not known yet: the one
 * that opens what was sealed under it is the one.
 * @param version what the first of them closes with as long as nothing newer has been opened.
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
