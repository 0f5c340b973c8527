import type { Policy } from '../policy/policy.ts'
import type { ApiKey, ApiKeyState } from './api-key.ts'
import type { Revocation } from './revocation.ts'
import type { SealedSigningKey } from './signing-key.ts'

/**
 * Where API keys, their signing keys and revocations are kept. What a method has answered survives a crash. One that throws
 * has changed nothing; where the store cannot be reached it throws a `StoreDownError`, whose message says so if that is unsure.
 */
export interface KeyStore {
  listApiKeys(): Promise<readonly ApiKey[]>
  findApiKey(apiKey: string): Promise<ApiKey | undefined>
  /** Whether the audit trail tells of the deletion of such an API key. */
  wasDeleted(apiKey: string): Promise<boolean>
  /** Adds an API key and its first secret, both or neither. */
  addApiKey(apiKey: ApiKey, secret: SealedSigningKey): Promise<void>
  /** Changes what is named. Answers whether there is such an API key. */
  changeApiKey(apiKey: string, change: ApiKeyChange): Promise<boolean>
  /** Deletes an API key with all that is its own. Answers whether there was one. */
  deleteApiKey(apiKey: string): Promise<boolean>
  listSigningKeys(apiKey?: string): Promise<readonly SealedSigningKey[]>
  addSigningKey(key: SealedSigningKey): Promise<void>
  /**
   * Sets or calls off the end of a signing key that has not come to it yet.
   *
   * @param retiresAt seconds since 1970; `undefined` for none.
   * @returns whether there was such a key in force.
   */
  retireSigningKey(apiKey: string, keyId: string, retiresAt: number | undefined, now: number): Promise<boolean>
  /** Notes when signing keys were last used. No change is counted: nothing is decided by it. */
  recordKeyUses(uses: readonly KeyUse[]): Promise<void>
  /** Adds revocations, all or none; one of the same thing moves on in time, and never back: a shorter ban shortens none. */
  addRevocations(revocations: readonly Revocation[]): Promise<void>
  /** The revocations that are not to be forgotten yet. */
  listRevocations(now: number): Promise<readonly Revocation[]>
  /** Deletes the ban of a user. Answers whether there was one that has not ended. */
  liftBan(apiKey: string, userId: string, now: number): Promise<boolean>
  /** Deletes those that are. */
  forgetRevocations(now: number): Promise<void>
  /** A number that is another one after each change, whichever process made it. */
  changeCount(): Promise<number>
}

export interface ApiKeyChange {
  readonly name?: string
  readonly state?: ApiKeyState
  readonly policy?: Policy
}

/** That a token of a signing key was admitted. */
export interface KeyUse {
  readonly apiKey: string
  readonly keyId: string
  /** Seconds since 1970. */
  readonly at: number
}
