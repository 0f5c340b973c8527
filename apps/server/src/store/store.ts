import type { Kysely } from 'kysely'
import type { KeyStore } from '../keyring/key-store.ts'
import type { UsedTokenStore } from '../keyring/used-token-store.ts'
import type { Tables } from './tables.ts'

/** An open store, on whichever engine. */
export interface Store extends KeyStore, UsedTokenStore {
  readonly db: Kysely<Tables>
  close(): Promise<void>
}
