import type { Clock } from '../clock.ts'
import type { UsedToken, UsedTokenStore } from '../keyring/used-token-store.ts'

/** How soon a mark is written into the store, in seconds. Nobody at the door waits for it. */
export const WRITE_BEHIND_SECONDS = 0.1
/** The most marks of one write; what is beyond follows at once. */
export const MAX_MARKS_PER_WRITE = 1_000

export interface WriteMarksOptions {
  readonly store: Pick<UsedTokenStore, 'addUsedTokens'>
  readonly clock: Clock
  /** Told of the first of several failures in a row; the marks are kept and written when the store answers again. */
  readonly onError: (error: unknown) => void
}

/** Writes the marks of used tokens behind, in batches. */
export class MarkWriter {
  readonly #options: WriteMarksOptions
  #waiting: UsedToken[] = []
  #callOff: (() => void) | undefined
  #writing: Promise<void> | undefined
  #failing = false
  #closed = false

  constructor(options: WriteMarksOptions) {
    this.#options = options
  }

  add(mark: UsedToken): void {
    this.#waiting.push(mark)
    if (this.#writing === undefined) this.#schedule(WRITE_BEHIND_SECONDS)
  }

  /** Writes what is waiting, as far as the store answers. */
  async close(): Promise<void> {
    this.#closed = true
    this.#callOff?.()
    await this.#writing
    do await this.#write()
    while (this.#waiting.length > 0 && !this.#failing)
  }

  #schedule(seconds: number): void {
    if (this.#closed) return
    this.#callOff ??= this.#options.clock.after(seconds, () => {
      this.#callOff = undefined
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined
        if (this.#waiting.length > 0) this.#schedule(this.#failing ? WRITE_BEHIND_SECONDS : 0)
      })
    })
  }

  async #write(): Promise<void> {
    const { store, clock, onError } = this.#options
    const now = clock.now()
    this.#waiting = this.#waiting.filter(({ forgetAt }) => forgetAt > now)
    const batch = this.#waiting.slice(0, MAX_MARKS_PER_WRITE)
    if (batch.length === 0) return
    try {
      await store.addUsedTokens(batch)
      this.#waiting.splice(0, batch.length)
      this.#failing = false
    } catch (error) {
      if (!this.#failing) onError(error)
      this.#failing = true
    }
  }
}
