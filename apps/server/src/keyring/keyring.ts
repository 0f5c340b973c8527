import { createTokenVerifier, type TokenVerifier } from '@stagedoor/access-token'
import type { ApiKey, SealedSecret } from './api-key.ts'
import type { KeyStore } from './key-store.ts'
import { unsealSecret } from './keys.ts'
import { type Revocation, Revocations } from './revocation.ts'
import type { Seal } from './seal.ts'

/** An API key that is ready to verify with. */
export interface KnownApiKey extends ApiKey {
  readonly verify: TokenVerifier
  readonly revocations: Revocations
}

/** The API keys, secrets and revocations, held in memory: no knock at the door waits for the store. */
export interface Keyring {
  /** An API key that admits: one that is disabled is as good as none. */
  find(apiKey: string): KnownApiKey | undefined
  /** Takes in what has changed in the store since. Answers the API keys that it concerns, those that are gone too. */
  refresh(): Promise<ReadonlySet<string>>
}

type Source = Pick<KeyStore, 'listApiKeys' | 'listSecrets' | 'listRevocations'>

/** An API key as it is in the store: all that a {@link KnownApiKey} is made of. */
interface Entry {
  readonly apiKey: ApiKey
  readonly secrets: readonly SealedSecret[]
  readonly revocations: readonly Revocation[]
}

interface Held {
  /** By which it is told whether the entry has changed. */
  readonly fingerprint: string
  readonly known: KnownApiKey
}

/** @param now the time, in seconds since 1970, by which revocations are forgotten. */
export async function loadKeyring(store: Source, seal: Seal, now: () => number): Promise<Keyring> {
  let held: ReadonlyMap<string, Held> = new Map()

  async function refresh(): Promise<ReadonlySet<string>> {
    const before = held
    held = new Map((await readEntries(store, now())).map((entry) => [entry.apiKey.apiKey, hold(entry, before, seal)]))
    const names = [...new Set([...before.keys(), ...held.keys()])]
    return new Set(names.filter((name) => before.get(name) !== held.get(name)))
  }

  await refresh()
  return { find: (apiKey) => held.get(apiKey)?.known, refresh }
}

async function readEntries(store: Source, now: number): Promise<readonly Entry[]> {
  const [apiKeys, secrets, revocations] = await Promise.all([
    store.listApiKeys(),
    store.listSecrets(),
    store.listRevocations(now),
  ])
  const secretsOf = groupByApiKey(secrets.filter(({ state }) => state === 'active'))
  const revocationsOf = groupByApiKey(revocations)
  const active = apiKeys.filter(({ state }) => state === 'active')
  return active.map((apiKey) => ({
    apiKey,
    secrets: secretsOf.get(apiKey.apiKey) ?? [],
    revocations: revocationsOf.get(apiKey.apiKey) ?? [],
  }))
}

// What has not changed is not opened and prepared again.
function hold(entry: Entry, before: ReadonlyMap<string, Held>, seal: Seal): Held {
  const { apiKey, secrets, revocations } = entry
  const fingerprint = JSON.stringify([apiKey, secrets.map(({ keyId }) => keyId), revocations])
  const held = before.get(apiKey.apiKey)
  return held?.fingerprint === fingerprint ? held : { fingerprint, known: prepare(entry, seal) }
}

function prepare({ apiKey, secrets, revocations }: Entry, seal: Seal): KnownApiKey {
  const { allowAnyUser, audience, clockSkewSeconds, maxTtlSeconds } = apiKey.policy
  const verify = createTokenVerifier({
    apiKey: apiKey.apiKey,
    allowAnyUserAgent: allowAnyUser,
    audience,
    clockSkewSeconds,
    maxTtlSeconds,
    keys: secrets.map((secret) => ({
      algorithm: secret.algorithm,
      keyId: secret.keyId,
      secret: unsealSecret(seal, secret),
    })),
  })
  return { ...apiKey, verify, revocations: new Revocations(revocations) }
}

function groupByApiKey<T extends { readonly apiKey: string }>(items: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(item.apiKey)
    if (group === undefined) groups.set(item.apiKey, [item])
    else group.push(item)
  }
  return groups
}
