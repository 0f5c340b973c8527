import type { Policy } from '../policy/policy.ts'
import type { ApiKey, ApiKeyState } from './api-key.ts'
import type { Revocation } from './revocation.ts'
import type { SealedSigningKey } from './signing-key.ts'

/**
 * Stores API keys, their signing keys and revocations. When a method returns, its change survives a crash. When it throws, nothing has
 * changed. If the store cannot be reached, it throws a `StoreDownError`, whose message says if the outcome is uncertain.
 */
export interface KeyStore {
  listApiKeys(): Promise<readonly ApiKey[]>
  findApiKey(apiKey: string): Promise<ApiKey | undefined>
  /** Whether the audit log contains the deletion of such an API key. */
  wasDeleted(apiKey: string): Promise<boolean>
  /** Adds an API key and its first secret, both or neither. */
  addApiKey(apiKey: ApiKey, secret: SealedSigningKey): Promise<void>
  /** Changes the given fields. Returns whether the API key exists. */
  changeApiKey(apiKey: string, change: ApiKeyChange): Promise<boolean>
  /** Deletes an API key and everything that belongs to it. Returns whether it existed. */
  deleteApiKey(apiKey: string): Promise<boolean>
  listSigningKeys(apiKey?: string): Promise<readonly SealedSigningKey[]>
  addSigningKey(key: SealedSigningKey): Promise<void>
  /**
   * Sets or cancels the retirement of an active signing key.
   *
   * @param retiresAt seconds since 1970; `undefined` to cancel.
   * @returns whether there was such an active key.
   */
  retireSigningKey(apiKey: string, keyId: string, retiresAt: number | undefined, now: number): Promise<boolean>
  /** Records when signing keys were last used. Not counted as a change, because no decision depends on it. */
  recordKeyUses(uses: readonly KeyUse[]): Promise<void>
  /** Adds revocations, all or none. Repeating one moves its time forward, never back: a shorter ban does not shorten a longer one. */
  addRevocations(revocations: readonly Revocation[]): Promise<void>
  /** The revocations that have not expired. */
  listRevocations(now: number): Promise<readonly Revocation[]>
  /** Deletes the ban of a user. Returns whether there was an active one. */
  liftBan(apiKey: string, userId: string, now: number): Promise<boolean>
  /** Deletes the revocations that have expired. */
  forgetRevocations(now: number): Promise<void>
  /** A number that changes with each change, by any process. */
  changeCount(): Promise<number>
}

export interface ApiKeyChange {
  readonly name?: string
  readonly state?: ApiKeyState
  readonly policy?: Policy
}

/** A record that a token of a signing key was admitted. */
export interface KeyUse {
  readonly apiKey: string
  readonly keyId: string
  /** Seconds since 1970. */
  readonly at: number
}
