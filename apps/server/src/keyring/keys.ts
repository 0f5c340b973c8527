import { randomBytes } from 'node:crypto'
import { asSigningKey, drawSecret } from './add-signing-key.ts'
import type { ApiKey } from './api-key.ts'
import type { ApiKeyChange } from './key-store.ts'
import { type KeyOffice, requireApiKey } from './office.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { sealSigningKey } from './seal-signing-key.ts'
import type { Secret } from './signing-key.ts'

/** The longest name of an API key, in characters. */
export const MAX_API_KEY_NAME_LENGTH = 100

/** Makes an API key together with its first secret. */
export async function createApiKey(
  { store, seal, now }: KeyOffice,
  { name, policy = DEFAULT_POLICY }: { readonly name: string; readonly policy?: Policy },
): Promise<{ readonly apiKey: ApiKey; readonly secret: Secret }> {
  const apiKey: ApiKey = {
    apiKey: `key_${randomBytes(12).toString('hex')}`,
    name,
    state: 'active',
    policy,
    createdAt: Math.floor(now()),
  }
  const secret = drawSecret(apiKey.apiKey, now())
  await store.addApiKey(apiKey, sealSigningKey(seal, asSigningKey(secret)))
  return { apiKey, secret }
}

/** Changes the name, the state or the policy of an API key, from the next knock on and for the sessions that there are. */
export async function changeApiKey({ store }: KeyOffice, apiKey: string, change: ApiKeyChange): Promise<void> {
  await requireApiKey(store, apiKey)
  await store.changeApiKey(apiKey, change)
}

/** Deletes an API key with its signing keys. Its name is never given again, since names are drawn by lot. */
export async function deleteApiKey({ store }: KeyOffice, apiKey: string): Promise<void> {
  await requireApiKey(store, apiKey)
  await store.deleteApiKey(apiKey)
}
