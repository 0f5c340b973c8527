import type { ApiKey, Policy, SealedSecret } from './api-key.ts'

/** Where API keys and their secrets are kept. What a method has answered survives a crash. */
export interface KeyStore {
  listApiKeys(): Promise<readonly ApiKey[]>
  findApiKey(apiKey: string): Promise<ApiKey | undefined>
  /** Adds an API key and its first secret, both or neither. */
  addApiKey(apiKey: ApiKey, secret: SealedSecret): Promise<void>
  /** Answers whether there is such an API key. */
  setPolicy(apiKey: string, policy: Policy): Promise<boolean>
  listSecrets(apiKey?: string): Promise<readonly SealedSecret[]>
  addSecret(secret: SealedSecret): Promise<void>
  /** Answers whether there was such an active secret. */
  retireSecret(apiKey: string, keyId: string, retiredAt: number): Promise<boolean>
  /** A number that is another one after each change that another process made. */
  changeCount(): Promise<number>
}
