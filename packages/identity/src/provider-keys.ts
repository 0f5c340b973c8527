import type { FindKeys, FoundKeys } from './find-keys.ts'

/** The minimum time between two fetches of a provider's keys, whatever tokens name, in seconds. */
export const PROVIDER_COOLDOWN_SECONDS = 10
/** How often keys are refreshed in the background, in seconds. */
export const PROVIDER_FRESH_SECONDS = 600
/** How long keys are used if they cannot be fetched again, in seconds: a day. */
export const PROVIDER_STALE_SECONDS = 86_400
/** The most providers whose keys are held; beyond it, the least recently used is dropped. */
export const MAX_PROVIDERS = 500

/** The keys of identity providers, in memory. Policies define the providers, never a token. */
export class ProviderKeys {
  readonly #find: FindKeys
  readonly #cooldownSeconds: number
  readonly #held = new Map<string, HeldKeys>()

  /** @param cooldownSeconds default: {@link PROVIDER_COOLDOWN_SECONDS}. */
  constructor(find: FindKeys, cooldownSeconds = PROVIDER_COOLDOWN_SECONDS) {
    this.#find = find
    this.#cooldownSeconds = cooldownSeconds
  }

  /** The keys of an issuer, fetched again if none has that key id. `undefined` if they cannot be determined. */
  async of(issuer: string, keyId: string | undefined, now: number): Promise<FoundKeys | undefined> {
    const held = this.#held.get(issuer) ?? new HeldKeys(() => this.#find(issuer), this.#cooldownSeconds)
    this.#held.delete(issuer)
    this.#held.set(issuer, held)
    if (this.#held.size > MAX_PROVIDERS) this.#held.delete(this.#held.keys().next().value as string)
    return held.provide(keyId, now)
  }
}

class HeldKeys {
  readonly #find: () => Promise<FoundKeys | undefined>
  readonly #cooldownSeconds: number
  #keys: FoundKeys | undefined
  #fetchedAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY
  #coming: Promise<void> | undefined

  constructor(find: () => Promise<FoundKeys | undefined>, cooldownSeconds: number) {
    this.#find = find
    this.#cooldownSeconds = cooldownSeconds
  }

  async provide(keyId: string | undefined, now: number): Promise<FoundKeys | undefined> {
    const isHere = this.#has(keyId, now)
    const isDue = !isHere || now >= this.#fetchedAt + PROVIDER_FRESH_SECONDS
    if (isDue && now >= this.#triedAt + this.#cooldownSeconds) this.#fetch(now)
    if (isHere) return this.#keys
    await this.#coming
    // While the provider is down, nobody can say whether an unknown key exists.
    const isKnown = this.#has(keyId, now) || this.#fetchedAt === this.#triedAt
    return isKnown ? this.#keys : undefined
  }

  #has(keyId: string | undefined, now: number): boolean {
    if (this.#keys === undefined || now >= this.#fetchedAt + PROVIDER_STALE_SECONDS) return false
    return keyId === undefined || this.#keys.keyIds.has(keyId)
  }

  #fetch(now: number): void {
    this.#triedAt = now
    this.#coming = this.#find().then((found) => {
      this.#coming = undefined
      if (found === undefined) return
      this.#fetchedAt = now
      this.#keys = found
    })
  }
}
