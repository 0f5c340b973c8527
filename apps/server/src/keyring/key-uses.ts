import type { Clock } from '../clock.ts'
import type { KeyStore, KeyUse } from './key-store.ts'

/** How often it is written down which signing keys were used, in seconds. */
export const KEY_USES_INTERVAL_SECONDS = 10

/** When each signing key was last used in this process. */
export class KeyUses {
  /** By API key and key id. */
  readonly #uses = new Map<string, KeyUse>()
  readonly #unwritten = new Set<string>()

  /** How many uses are not written down yet. */
  get waiting(): number {
    return this.#unwritten.size
  }

  note(apiKey: string, keyId: string, at: number): void {
    const name = nameOf(apiKey, keyId)
    this.#uses.set(name, { apiKey, keyId, at })
    this.#unwritten.add(name)
  }

  /** The uses of the signing keys of an API key since this process began. */
  of(apiKey: string): readonly KeyUse[] {
    return [...this.#uses.values()].filter((use) => use.apiKey === apiKey)
  }

  /** Writes down what is not written yet; what cannot be written is kept for the next time. */
  async write(store: Pick<KeyStore, 'noteKeyUses'>): Promise<void> {
    if (this.#unwritten.size === 0) return
    // Always in the same order, so that two who write at once do not wait for each other.
    const names = [...this.#unwritten].sort()
    this.#unwritten.clear()
    try {
      await store.noteKeyUses(names.flatMap((name) => this.#uses.get(name) ?? []))
    } catch (error) {
      for (const name of names) this.#unwritten.add(name)
      throw error
    }
  }
}

function nameOf(apiKey: string, keyId: string): string {
  return `${apiKey}\n${keyId}`
}

export interface WriteKeyUsesOptions {
  readonly uses: KeyUses
  readonly store: Pick<KeyStore, 'noteKeyUses'>
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

/** Writes down from time to time when signing keys were last used. Answers how to stop, which writes what is left. */
export function writeKeyUses({ uses, store, clock, onError }: WriteKeyUsesOptions): () => Promise<void> {
  let callOff = next()

  function next(): () => void {
    return clock.after(KEY_USES_INTERVAL_SECONDS, () => {
      callOff = next()
      uses.write(store).catch(onError)
    })
  }

  return async () => {
    callOff()
    await uses.write(store).catch(onError)
  }
}
