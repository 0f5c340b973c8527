import { randomBytes } from 'node:crypto'
import { commandLine } from '../command-line.ts'
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts'
import { asSigningKey, generateSecret } from './add-signing-key.ts'
import type { ApiKey } from './api-key.ts'
import { type ChangeContext, DomainError, requireApiKey } from './change-context.ts'
import type { ApiKeyChange, KeyStore } from './key-store.ts'
import { sealSigningKey } from './seal-signing-key.ts'
import type { Secret } from './signing-key.ts'

/** The longest name of an API key, in characters. */
export const MAX_API_KEY_NAME_LENGTH = 100

/** What an API key that was made elsewhere may look like: it stands in addresses, and in the pages of the application. */
export const IMPORTED_API_KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
export const IMPORTED_API_KEY_RULE =
  '1 to 128 letters, digits, dots, hyphens and underscores, the first a letter or a digit'

export interface ApiKeyToCreate {
  readonly name: string
  readonly policy?: Policy
  /** One that was made elsewhere, for an application that moves in with its tokens. Default: one is drawn. */
  readonly apiKey?: string | undefined
}

/**
 * Makes an API key together with its first secret.
 *
 * @throws {DomainError} where the API key that was brought along cannot be used, or is there already.
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

/** Changes the name, state or policy of an API key, for new registrations and for live sessions. */
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
  // Roles to it, and tokens that were revoked under it, would be good again.
  if (await store.wasDeleted(apiKey)) {
    throw new DomainError(`The API key ${apiKey} was deleted, and cannot be created again`, {
      reason: 'conflict',
    })
  }
}

/** Deletes an API key with its signing keys. It never comes back: neither is it drawn again, nor may it be brought along. */
export async function deleteApiKey({ store }: ChangeContext, apiKey: string): Promise<void> {
  await requireApiKey(store, apiKey)
  await store.deleteApiKey(apiKey)
}
