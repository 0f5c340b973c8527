import { KeyRefusedError, type VerifierKey } from '@stagedoor/access-token'
import { bindPublicKey } from '../api-key/read-public-key.ts'
import type { FetchKeys } from './fetch-keys.ts'

/** The most keys of one key set that are used: the first ones. */
export const MAX_KEYS_OF_SET = 32
/** The minimum time between two fetches, whatever tokens name, in seconds. */
export const KEY_SET_COOLDOWN_SECONDS = 30
/** How often keys are fetched again, in the background, in seconds. */
export const KEY_SET_FRESH_SECONDS = 600
/** How long keys are used if they cannot be fetched again, in seconds: a day. */
export const KEY_SET_STALE_SECONDS = 86_400

const NONE: readonly VerifierKey[] = []

/**
 * The public keys of one URL, in memory. A token can trigger a fetch, at most once per {@link KEY_SET_COOLDOWN_SECONDS}, but never decide
 * the URL.
 */
export class KeySet {
  readonly #fetch: () => ReturnType<FetchKeys>
  #keys = NONE
  #unused = 0
  #fetchedAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY
  #coming: Promise<void> | undefined
  #hasFailed = false

  constructor(fetch: () => ReturnType<FetchKeys>) {
    this.#fetch = fetch
  }

  /** The keys that verify tokens, each with a key id. The list is replaced when the keys change. */
  keysAt(now: number): readonly VerifierKey[] {
    return this.isMissing(now) ? NONE : this.#keys
  }

  /** How many published keys are beyond the limit. */
  unusedAt(now: number): number {
    return this.isMissing(now) ? 0 : this.#unused
  }

  /** Whether there are none because they could not be fetched. */
  isMissing(now: number): boolean {
    return now >= this.#fetchedAt + KEY_SET_STALE_SECONDS
  }

  /** Whether the last attempt to fetch it failed. */
  get hasFailed(): boolean {
    return this.#hasFailed
  }

  /**
   * Fetches a key if it may be published. Returns a promise to wait for, if any.
   *
   * @param keyId the `kid` of a token, if it has one.
   */
  provide(keyId: string | undefined, now: number): Promise<void> | undefined {
    const isHere = !this.isMissing(now) && (keyId === undefined || this.#keys.some((key) => key.keyId === keyId))
    const isDue = !isHere || now >= this.#fetchedAt + KEY_SET_FRESH_SECONDS
    if (isDue && now >= this.#triedAt + KEY_SET_COOLDOWN_SECONDS) this.#refresh(now)
    return isHere ? undefined : this.#coming
  }

  #refresh(now: number): void {
    this.#triedAt = now
    this.#coming = this.#fetch().then((fetched) => {
      this.#coming = undefined
      this.#hasFailed = fetched === undefined
      if (fetched === undefined) return
      this.#fetchedAt = now
      const { keys, unused } = bindKeys(fetched)
      this.#keys = keys
      this.#unused = unused
    })
  }
}

// Keys for other purposes and other members are ignored: a set may serve others too. Beyond the limit, only the key id is read, however
// many keys there are.
function bindKeys(published: readonly unknown[]): { keys: readonly VerifierKey[]; unused: number } {
  const keys = new Map<string, VerifierKey>()
  const unused = new Set<unknown>()
  for (const jwk of published) {
    if (keys.size === MAX_KEYS_OF_SET) {
      unused.add((jwk as { readonly kid?: unknown } | null)?.kid)
      continue
    }
    const key = bind(jwk)
    if (key?.keyId === undefined) continue
    // Keys of different kinds can share a key id (RFC 7517 section 4.5).
    const name = `${key.algorithm} ${key.keyId}`
    if (!keys.has(name)) keys.set(name, key)
  }
  unused.delete(undefined)
  for (const { keyId } of keys.values()) unused.delete(keyId)
  return { keys: [...keys.values()], unused: unused.size }
}

function bind(published: unknown): VerifierKey | undefined {
  try {
    const { algorithm, jwk, kid } = bindPublicKey(published as Parameters<typeof bindPublicKey>[0])
    return kid === undefined ? undefined : { algorithm, keyId: kid, publicKey: jwk as { kty: string } }
  } catch (error) {
    if (error instanceof KeyRefusedError) return undefined
    throw error
  }
}
