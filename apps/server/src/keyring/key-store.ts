import type { ApiKey, ApiKeyState, SealedSecret } from './api-key.ts'
import type { Policy } from './policy.ts'
import type { Revocation } from './revocation.ts'

/**
 * Where API keys, their secrets and revocations are kept. What a method has answered survives a crash. One that throws has
 * changed nothing; where the store cannot be reached it throws a `StoreDownError`, whose message says so if that is unsure.
 */
export interface KeyStore {
  listApiKeys(): Promise<readonly ApiKey[]>
  findApiKey(apiKey: string): Promise<ApiKey | undefined>
  /** Adds an API key and its first secret, both or neither. */
  addApiKey(apiKey: ApiKey, secret: SealedSecret): Promise<void>
  /** Changes what is named. Answers whether there is such an API key. */
  changeApiKey(apiKey: string, change: ApiKeyChange): Promise<boolean>
  /** Deletes an API key with all that is its own. Answers whether there was one. */
  deleteApiKey(apiKey: string): Promise<boolean>
  listSecrets(apiKey?: string): Promise<readonly SealedSecret[]>
  addSecret(secret: SealedSecret): Promise<void>
  /** Answers whether there was such an active secret. */
  retireSecret(apiKey: string, keyId: string, retiredAt: number): Promise<boolean>
  /** Adds a revocation; one of the same thing moves on in time. */
  addRevocation(revocation: Revocation): Promise<void>
  /** The revocations that are not to be forgotten yet. */
  listRevocations(now: number): Promise<readonly Revocation[]>
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
