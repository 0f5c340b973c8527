import type { KeyStore, KeyUse } from '../api-key/key-store.ts'
import type { Clock } from '../clock.ts'

/** How often the uses of signing keys are recorded, in seconds. */
export const KEY_USES_INTERVAL_SECONDS = 10

/** When each signing key was last used in this process. */
export class KeyUses {
  /** By API key and key id. */
  readonly #uses = new Map<string, Map<string, KeyUse>>()
  #unwritten = new Set<KeyUse>()

  /** How many uses are not recorded yet. */
  get waiting(): number {
    return this.#unwritten.size
  }

  note(apiKey: string, keyId: string, at: number): void {
    const ofApiKey = this.#uses.get(apiKey) ?? new Map<string, KeyUse>()
    this.#uses.set(apiKey, ofApiKey)
    const before = ofApiKey.get(keyId)
    // Thousands of tokens may arrive, but only whole seconds are recorded.
    if (before !== undefined && Math.floor(before.at) === Math.floor(at)) return
    if (before !== undefined) this.#unwritten.delete(before)
    const use = { apiKey, keyId, at }
    ofApiKey.set(keyId, use)
    this.#unwritten.add(use)
  }

  /** The uses of an API key's signing keys since this process started. */
  of(apiKey: string): readonly KeyUse[] {
    return [...(this.#uses.get(apiKey)?.values() ?? [])]
  }

  /** Records pending uses; those that cannot be written are kept for the next time. */
  async write(store: Pick<KeyStore, 'recordKeyUses'>): Promise<void> {
    if (this.#unwritten.size === 0) return
    const uses = this.#unwritten
    this.#unwritten = new Set()
    try {
      // Always in the same order, so that two concurrent writers do not deadlock.
      await store.recordKeyUses([...uses].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1)))
    } catch (error) {
      for (const use of uses) if (this.#uses.get(use.apiKey)?.get(use.keyId) === use) this.#unwritten.add(use)
      throw error
    }
  }
}

function placeOf({ apiKey, keyId }: KeyUse): string {
  return `${apiKey}\n${keyId}`
}

export interface WriteKeyUsesOptions {
  readonly uses: KeyUses
  readonly store: Pick<KeyStore, 'recordKeyUses'>
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

/** Records periodically when signing keys were last used. Returns a function that stops it after a last write. */
export function writeKeyUses({ uses, store, clock, onError }: WriteKeyUsesOptions): () => Promise<void> {
  let cancel = next()

  function next(): () => void {
    return clock.after(KEY_USES_INTERVAL_SECONDS, () => {
      cancel = next()
      uses.write(store).catch(onError)
    })
  }

  return async () => {
    cancel()
    await uses.write(store).catch(onError)
  }
}
