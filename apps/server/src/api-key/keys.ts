import { randomBytes } from 'node:crypto'
import { commandLine } from '../command-line.ts'
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts'
import { asSigningKey, generateSecret } from './add-signing-key.ts'
import type { ApiKey } from './api-key.ts'
import { type ChangeContext, DomainError, requireApiKey } from './change-context.ts'
import type { ApiKeyChange, KeyStore } from './key-store.ts'
import { sealSigningKey } from './seal-signing-key.ts'
import type { Secret } from './signing-key.ts'

/** The longest API key, in characters. */
export const MAX_API_KEY_NAME_LENGTH = 100

/** The form of an imported API key: it appears in URLs and in the application's pages. */
export const IMPORTED_API_KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
export const IMPORTED_API_KEY_RULE =
  '1 to 128 letters, digits, dots, hyphens and underscores, the first a letter or a digit'

export interface ApiKeyToCreate {
  readonly name: string
  readonly policy?: Policy
  /** An API key from elsewhere, for an application that moves to this platform with its tokens. Default: a generated one. */
  readonly apiKey?: string | undefined
}

/**
 * Creates an API key together with its first secret.
 *
 * @throws {DomainError} if the imported API key is invalid or already exists.
 */
export async function createApiKey(
  { store, seal, now }: ChangeContext,
  { name, policy = DEFAULT_POLICY, apiKey: imported }: ApiKeyToCreate,
): Promise<{ readonly apiKey: ApiKey; readonly secret: Secret }> {
  if (imported !== undefined) await requireFree(store, imported)
  const apiKey: ApiKey = {
    apiKey: imported ?? `key_${randomBytes(12).toString('hex')}`,
    name,
    state: 'active',
    policy,
    createdAt: Math.floor(now()),
  }
  const secret = generateSecret(apiKey.apiKey, now())
  await store.addApiKey(apiKey, sealSigningKey(seal, asSigningKey(secret)))
  return { apiKey, secret }
}

/** Changes the name, state or policy of an API key, for new registrations and live sessions. */
export async function changeApiKey({ store }: ChangeContext, apiKey: string, change: ApiKeyChange): Promise<void> {
  await requireApiKey(store, apiKey)
  await store.changeApiKey(apiKey, change)
}

async function requireFree(store: Pick<KeyStore, 'findApiKey' | 'wasDeleted'>, apiKey: string): Promise<void> {
  if (!IMPORTED_API_KEY.test(apiKey)) {
    throw new DomainError(`An API key is ${IMPORTED_API_KEY_RULE}`, { reason: 'unusable' })
  }
  if ((await store.findApiKey(apiKey)) !== undefined) {
    throw new DomainError(`There is already an API key ${apiKey}`, {
      reason: 'conflict',
      hint: commandLine('key list'),
    })
  }
  // Roles for it, and tokens that were revoked under it, would become valid again.
  if (await store.wasDeleted(apiKey)) {
    throw new DomainError(`The API key ${apiKey} was deleted, and cannot be created again`, {
      reason: 'conflict',
    })
  }
}

/** Deletes an API key with its signing keys. It is never generated again and cannot be imported again. */
export async function deleteApiKey({ store }: ChangeContext, apiKey: string): Promise<void> {
  await requireApiKey(store, apiKey)
  await store.deleteApiKey(apiKey)
}
