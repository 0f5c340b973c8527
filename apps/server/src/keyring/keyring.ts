import { inspectToken } from '@stagedoor/access-token'
import type { KeyStore } from '../api-key/key-store.ts'
import type { Secret } from '../api-key/signing-key.ts'
import type { Seal } from '../vault/seal.ts'
import { checkSecrets } from './check-secrets.ts'
import type { FetchKeys } from './fetch-keys.ts'
import { type Entry, HeldApiKey, type PublishedKey } from './held-api-key.ts'
import { KeyUses } from './key-uses.ts'
import type { KnownApiKey } from './known-api-key.ts'

/** The API keys, their signing keys and revocations, in memory, so that no registration waits for the store. */
export interface Keyring {
  /** Returns an API key that admits; a disabled one counts as unknown. */
  find(apiKey: string): KnownApiKey | undefined
  /** Whether the API key exists and is disabled, for explanations to its owner. */
  isDisabled(apiKey: string): boolean
  /** Fetches the published key that a token names, if it is unknown and may be published. Returns a promise to wait for, if any. */
  fetchKeysFor(apiKey: string, token: string | undefined): Promise<void> | undefined
  /** Whether a text is an active secret of an API key that admits. Takes as long for an unknown API key. */
  isSecretOf(apiKey: string, given: string): boolean
  /** The registered active public keys of an API key; none if it does not exist. */
  publicKeysOf(apiKey: string): readonly PublishedKey[]
  /** The key sets of an API key whose last fetch failed. */
  failedKeySetsOf(apiKey: string): readonly string[]
  /** The newest active secret of an API key that admits, decrypted, so that tokens can be minted while the store is down. */
  secretToSign(apiKey: string): Secret | undefined
  /** When the signing keys were last used. */
  readonly uses: KeyUses
  /** Applies changes of the store. Returns the affected API keys, including deleted ones. */
  refresh(): Promise<ReadonlySet<string>>
}

const isSecretOfNobody = checkSecrets([])

type Source = Pick<KeyStore, 'listApiKeys' | 'listSigningKeys' | 'listRevocations'>

export interface KeyringOptions {
  readonly store: Source
  readonly seal: Seal
  /** The time by which keys retire and revocations expire, in seconds since 1970. */
  readonly now: () => number
  readonly fetchKeys: FetchKeys
}

export async function loadKeyring({ store, seal, now, fetchKeys }: KeyringOptions): Promise<Keyring> {
  let held: ReadonlyMap<string, HeldApiKey> = new Map()
  let disabled: ReadonlySet<string> = new Set()

  function hold(entry: Entry): HeldApiKey {
    const before = held.get(entry.apiKey.apiKey)
    return before?.isOf(entry) === true ? before : new HeldApiKey(entry, { seal, fetchKeys, before, now: now() })
  }

  async function refresh(): Promise<ReadonlySet<string>> {
    const before = held
    const read = await readEntries(store, now())
    held = new Map(read.active.map((entry) => [entry.apiKey.apiKey, hold(entry)]))
    disabled = read.disabled
    const names = [...new Set([...before.keys(), ...held.keys()])]
    return new Set(names.filter((name) => before.get(name) !== held.get(name)))
  }

  await refresh()
  return {
    find: (apiKey) => held.get(apiKey)?.at(now()),
    isDisabled: (apiKey) => disabled.has(apiKey),
    fetchKeysFor(apiKey, token) {
      const found = held.get(apiKey)
      return found?.hasKeySets === true && token !== undefined ? found.provideKey(kidOf(token), now()) : undefined
    },
    isSecretOf: (apiKey, given) => held.get(apiKey)?.isSecret(given, now()) ?? isSecretOfNobody(given),
    publicKeysOf: (apiKey) => held.get(apiKey)?.publicKeys(now()) ?? [],
    failedKeySetsOf: (apiKey) => held.get(apiKey)?.failedKeySets(now()) ?? [],
    secretToSign: (apiKey) => held.get(apiKey)?.secretToSign(now()),
    uses: new KeyUses(),
    refresh,
  }
}

async function readEntries(
  store: Source,
  now: number,
): Promise<{ readonly active: readonly Entry[]; readonly disabled: ReadonlySet<string> }> {
  const [apiKeys, signingKeys, revocations] = await Promise.all([
    store.listApiKeys(),
    store.listSigningKeys(),
    store.listRevocations(now),
  ])
  const signingKeysOf = groupByApiKey(signingKeys)
  const revocationsOf = groupByApiKey(revocations)
  const active = apiKeys.filter(({ state }) => state === 'active')
  const others = apiKeys.filter(({ state }) => state !== 'active')
  return {
    active: active.map((apiKey) => ({
      apiKey,
      signingKeys: signingKeysOf.get(apiKey.apiKey) ?? [],
      revocations: revocationsOf.get(apiKey.apiKey) ?? [],
    })),
    disabled: new Set(others.map(({ apiKey }) => apiKey)),
  }
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

// Not verified yet: it only selects the key to fetch.
function kidOf(token: string): string | undefined {
  const inspection = inspectToken(token)
  const kid = inspection.ok ? inspection.header.kid : undefined
  return typeof kid === 'string' ? kid : undefined
}
