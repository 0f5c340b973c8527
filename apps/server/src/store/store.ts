import type { Kysely } from 'kysely'
import type { KeyStore } from '../keyring/key-store.ts'
import type { Tables } from './tables.ts'

/** An open store, on whichever engine. */
export interface Store extends KeyStore {
  readonly db: Kysely<Tables>
  close(): Promise<void>
}
