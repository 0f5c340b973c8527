import type { ApiKey } from './api-key.ts'
import type { KeyStore } from './key-store.ts'
import type { Seal } from './seal.ts'

/** What an owner's change needs: the store, the seal, and the time. */
export interface KeyOffice {
  readonly store: KeyStore
  readonly seal: Seal
  /** Seconds since 1970. */
  readonly now: () => number
}

/** An owner's request that cannot be carried out; the message says what to do. */
export class KeyOfficeError extends Error {
  override readonly name = 'KeyOfficeError'
}

/** @throws {KeyOfficeError} where there is no such API key. */
export async function requireApiKey(store: Pick<KeyStore, 'findApiKey'>, apiKey: string): Promise<ApiKey> {
  const found = await store.findApiKey(apiKey)
  if (found !== undefined) return found
  throw new KeyOfficeError(`There is no API key ${JSON.stringify(apiKey)}. See: stagedoor key list`)
}
