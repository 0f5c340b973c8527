import type { Algorithm } from '@stagedoor/access-token'

/** The tables, as the queries see them. Times are whole seconds since 1970; booleans are 0 and 1. */
export interface Tables {
  readonly api_key: ApiKeyRow
  readonly secret: SecretRow
  readonly master_key: MasterKeyRow
}

export interface ApiKeyRow {
  readonly api_key: string
  readonly name: string
  readonly allow_any_user: number
  readonly created_at: number
}

export interface SecretRow {
  readonly api_key: string
  readonly key_id: string
  readonly algorithm: Algorithm
  readonly sealed: Uint8Array
  readonly state: 'active' | 'retired'
  readonly created_at: number
  readonly retired_at: number | null
}

/** One row: a known text under the master key, by which a wrong one is told. */
export interface MasterKeyRow {
  readonly id: number
  readonly proof: Uint8Array
}
