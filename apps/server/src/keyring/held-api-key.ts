import {
  type Algorithm,
  createTokenVerifier,
  type Jwk,
  listChecks,
  type TokenRefusal,
  type TokenVerification,
  type TokenVerifier,
  type VerifierKey,
} from '@stagedoor/access-token'
import type { ApiKey } from '../api-key/api-key.ts'
import { newestSecret } from '../api-key/newest-secret.ts'
import { type Revocation, Revocations } from '../api-key/revocation.ts'
import { openSigningKey } from '../api-key/seal-signing-key.ts'
import { isInForce, type OpenSigningKey, type SealedSigningKey, type Secret } from '../api-key/signing-key.ts'
import type { Seal } from '../vault/seal.ts'
import { checkSecrets, type IsSecret } from './check-secrets.ts'
import type { FetchKeys } from './fetch-keys.ts'
import { KeySet, MAX_KEYS_OF_SET } from './key-set.ts'
import type { KnownApiKey } from './known-api-key.ts'

/** An API key as stored, from which a {@link KnownApiKey} is prepared. */
export interface Entry {
  readonly apiKey: ApiKey
  readonly signingKeys: readonly SealedSigningKey[]
  readonly revocations: readonly Revocation[]
}

/** A registered public key, in the form for publication (RFC 7517 section 4). */
export interface PublishedKey extends Jwk {
  readonly kid: string
  readonly alg: Algorithm
  readonly use: 'sig'
}

interface Means {
  readonly seal: Seal
  readonly fetchKeys: FetchKeys
  /** The previous state of the same API key, whose key sets are kept. */
  readonly before: HeldApiKey | undefined
  /** Seconds since 1970. */
  readonly now: number
}

interface Prepared {
  readonly known: KnownApiKey
  readonly isSecret: IsSecret
  readonly publicKeys: readonly PublishedKey[]
  /** When the next of its verifying keys retires. */
  readonly until: number
  /** The keys of each key set when it was prepared. */
  readonly published: readonly (readonly VerifierKey[])[]
}

const NO_KEY_SETS: ReadonlyMap<string, KeySet> = new Map()

/** An API key in memory. Its verifier is prepared again on use after a key has retired or was fetched. */
export class HeldApiKey {
  readonly #entry: Entry
  readonly #fingerprint: string
  readonly #seal: Seal
  /** By key id. */
  readonly #keySets: ReadonlyMap<string, KeySet>
  #prepared: Prepared

  constructor(entry: Entry, { seal, fetchKeys, before, now }: Means) {
    this.#entry = entry
    this.#fingerprint = fingerprintOf(entry)
    this.#seal = seal
    const follow = (key: SealedSigningKey) => new KeySet(() => fetchKeys(openSigningKey(seal, key).material))
    const kept = before === undefined ? NO_KEY_SETS : before.#keySets
    const published = entry.signingKeys.filter(({ kind }) => kind === 'key_set')
    this.#keySets = new Map(published.map((key) => [key.keyId, kept.get(key.keyId) ?? follow(key)]))
    this.#prepared = this.#prepare(now)
  }

  /** Whether it was created from exactly this. */
  isOf(entry: Entry): boolean {
    return this.#fingerprint === fingerprintOf(entry)
  }

  get hasKeySets(): boolean {
    return this.#keySets.size > 0
  }

  at(now: number): KnownApiKey {
    return this.#preparedAt(now).known
  }

  /** Whether a text is one of its active secrets. */
  isSecret(given: string, now: number): boolean {
    return this.#preparedAt(now).isSecret(given)
  }

  /** Its registered active public keys; key sets are published elsewhere. */
  publicKeys(now: number): readonly PublishedKey[] {
    return this.#preparedAt(now).publicKeys
  }

  /** The active key sets whose last fetch failed. */
  failedKeySets(now: number): readonly string[] {
    const inForce = this.#entry.signingKeys.filter((key) => isInForce(key, now))
    return inForce.map(({ keyId }) => keyId).filter((keyId) => this.#keySets.get(keyId)?.hasFailed === true)
  }

  /** The newest active secret, to sign with. */
  secretToSign(now: number): Secret | undefined {
    return newestSecret(this.#seal, this.#entry.signingKeys, now)
  }

  /** Fetches the key if it may be published. Returns a promise to wait for, if any. */
  provideKey(keyId: string | undefined, now: number): Promise<void> | undefined {
    const { signingKeys } = this.#entry
    const isOurs = signingKeys.some((key) => key.kind !== 'key_set' && key.keyId === keyId)
    if (isOurs) return undefined
    const inForce = signingKeys.filter((key) => isInForce(key, now))
    const coming = inForce
      .map((key) => this.#keySets.get(key.keyId)?.provide(keyId, now))
      .filter((wait) => wait !== undefined)
    return coming.length === 0 ? undefined : Promise.all(coming).then(() => undefined)
  }

  #preparedAt(now: number): Prepared {
    if (!this.#isStill(this.#prepared, now)) this.#prepared = this.#prepare(now)
    return this.#prepared
  }

  #isStill({ until, published }: Prepared, now: number): boolean {
    if (now >= until) return false
    let at = 0
    for (const keySet of this.#keySets.values()) if (keySet.keysAt(now) !== published[at++]) return false
    return true
  }

  #prepare(now: number): Prepared {
    const { apiKey, signingKeys, revocations } = this.#entry
    const inForce = signingKeys.filter((key) => isInForce(key, now))
    const opened = inForce.filter(({ kind }) => kind !== 'key_set').map((key) => openSigningKey(this.#seal, key))
    const own = opened.map(verifierKeyOf)
    const { keys, signers, unused } = this.#gather(inForce, own, now)
    const { allowAnyUser, audience, clockSkewSeconds, maxTtlSeconds } = apiKey.policy
    const verify = createTokenVerifier({
      apiKey: apiKey.apiKey,
      allowAnyUserAgent: allowAnyUser,
      audience,
      clockSkewSeconds,
      maxTtlSeconds,
      keys,
    })
    const keysAreMissing = inForce.some(({ keyId }) => this.#keySets.get(keyId)?.isMissing(now) === true)
    return {
      known: {
        ...apiKey,
        verify: signers.size === 0 ? verify : nameSigners(verify, signers, unused),
        revocations: new Revocations(revocations),
        keysAreMissing,
      },
      isSecret: checkSecrets(opened.filter(({ kind }) => kind === 'secret').map(({ material }) => material)),
      publicKeys: opened.filter(({ kind }) => kind === 'public_key').map(publishedKeyOf),
      until: Math.min(...inForce.map(({ retiresAt }) => retiresAt ?? Number.POSITIVE_INFINITY)),
      published: [...this.#keySets.values()].map((keySet) => keySet.keysAt(now)),
    }
  }

  /** The keys to verify with, and the signing key of each published one. The first key with a key id wins. */
  #gather(inForce: readonly SealedSigningKey[], own: readonly VerifierKey[], now: number) {
    const keys = [...own]
    const signers = new Map<string, string>()
    let unused = 0
    for (const { keyId } of inForce) {
      const keySet = this.#keySets.get(keyId)
      const taken = new Set(keys.map((key) => key.keyId))
      // Within a set, keys of different kinds can share a key id (RFC 7517 section 4.5).
      for (const key of keySet?.keysAt(now) ?? []) {
        if (key.keyId === undefined || taken.has(key.keyId)) continue
        keys.push(key)
        signers.set(key.keyId, keyId)
      }
      unused += keySet?.unusedAt(now) ?? 0
    }
    return { keys, signers, unused }
  }
}

function verifierKeyOf({ keyId, algorithm, kind, material }: OpenSigningKey): VerifierKey {
  if (algorithm === undefined) throw new Error('A key set is no key')
  if (kind === 'secret') return { algorithm, keyId, secret: material }
  return { algorithm, keyId, publicKey: JSON.parse(material) as Jwk }
}

function publishedKeyOf(key: OpenSigningKey): PublishedKey {
  return { ...(JSON.parse(key.material) as Jwk), kid: key.keyId, alg: key.algorithm as Algorithm, use: 'sig' }
}

/**
 * A verifier that reports the signing key instead of the published key that belongs to it, and says of an unknown key if it may be a published
 * key beyond the limit.
 */
function nameSigners(verify: TokenVerifier, signers: ReadonlyMap<string, string>, unused: number): TokenVerifier {
  const name = (verdict: TokenVerification): TokenVerification => {
    if (!verdict.ok) return unused > 0 && verdict.code === 'key_unknown' ? mentionUnused(verdict, unused) : verdict
    return verdict.keyId === undefined ? verdict : { ...verdict, keyId: signers.get(verdict.keyId) ?? verdict.keyId }
  }
  const named = (...request: Parameters<TokenVerifier>) => name(verify(...request))
  const explain = (...request: Parameters<TokenVerifier>) => {
    const verdict = named(...request)
    return { ...verdict, checks: listChecks(verdict) }
  }
  return Object.assign(named, { explain })
}

function mentionUnused(refusal: TokenRefusal, unused: number): TokenRefusal {
  const message = `${refusal.message}. Of a key set the first ${MAX_KEYS_OF_SET} keys are used, and ${unused} more are published`
  return { ...refusal, message }
}

function fingerprintOf({ apiKey, signingKeys, revocations }: Entry): string {
  return JSON.stringify([apiKey, signingKeys.map(({ keyId, retiresAt }) => [keyId, retiresAt]), revocations])
}
