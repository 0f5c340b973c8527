import { createTokenVerifier, type TokenVerifier } from '@stagedoor/access-token'
import type { ApiKey, SealedSecret } from './api-key.ts'
import type { KeyStore } from './key-store.ts'
import { unsealSecret } from './keys.ts'
import type { Seal } from './seal.ts'

/** An API key that is ready to verify with. */
export interface KnownApiKey extends ApiKey {
  readonly verify: TokenVerifier
}

/** The API keys and secrets, held in memory: no knock at the door waits for the store. */
export interface Keyring {
  find(apiKey: string): KnownApiKey | undefined
  /** Takes in what has changed in the store since. */
  refresh(): Promise<void>
}

export async function loadKeyring(store: Pick<KeyStore, 'listApiKeys' | 'listSecrets'>, seal: Seal): Promise<Keyring> {
  let known = await load(store, seal)
  return {
    find: (apiKey) => known.get(apiKey),
    async refresh() {
      known = await load(store, seal)
    },
  }
}

async function load(
  store: Pick<KeyStore, 'listApiKeys' | 'listSecrets'>,
  seal: Seal,
): Promise<ReadonlyMap<string, KnownApiKey>> {
  const [apiKeys, secrets] = await Promise.all([store.listApiKeys(), store.listSecrets()])
  const active = new Map<string, SealedSecret[]>(apiKeys.map(({ apiKey }) => [apiKey, []]))
  for (const secret of secrets) {
    if (secret.state === 'active') active.get(secret.apiKey)?.push(secret)
  }
  return new Map(apiKeys.map((apiKey) => [apiKey.apiKey, prepare(apiKey, active.get(apiKey.apiKey) ?? [], seal)]))
}

function prepare(apiKey: ApiKey, secrets: readonly SealedSecret[], seal: Seal): KnownApiKey {
  const verify = createTokenVerifier({
    apiKey: apiKey.apiKey,
    allowAnyUserAgent: apiKey.policy.allowAnyUser,
    keys: secrets.map((secret) => ({
      algorithm: secret.algorithm,
      keyId: secret.keyId,
      secret: unsealSecret(seal, secret),
    })),
  })
  return { ...apiKey, verify }
}
