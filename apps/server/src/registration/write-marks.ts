import { setImmediate as nextTurn } from 'node:timers/promises'
import type { UsedToken, UsedTokenStore } from '../keyring/used-token-store.ts'
import { StoreDownError } from '../store-down.ts'
import { nameOf } from './used-tokens.ts'

/** The most marks of one write; what is beyond follows at once. */
export const MAX_MARKS_PER_WRITE = 1_000

export interface WriteMarksOptions {
  readonly store: Pick<UsedTokenStore, 'addUsedTokens'>
  /** Called with the first of several failures of the store in a row. */
  readonly onError: (error: unknown) => void
}

interface Waiting {
  readonly mark: UsedToken
  readonly resolve: (isNew: boolean) => void
  readonly reject: (error: unknown) => void
}

/**
 * Writes the marks of used tokens. Each waits until it is committed; those that come at once or while others are written share a
 * commit.
 */
export class MarkWriter {
  readonly #options: WriteMarksOptions
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  #failing = false

  constructor(options: WriteMarksOptions) {
    this.#options = options
  }

  /** How many are not written yet, without those that are being written. */
  get waiting(): number {
    return this.#waiting.length
  }

  /**
   * Writes a mark. Answers whether there was none yet.
   *
   * @throws {StoreDownError} if the store does not answer.
   */
  write(mark: UsedToken): Promise<boolean> {
    const written = new Promise<boolean>((resolve, reject) => {
      this.#waiting.push({ mark, resolve, reject })
    })
    this.#writing ??= this.#writeAll()
    return written
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }

  async #writeAll(): Promise<void> {
    do {
      // What has come in the same turn shares the commit.
      await nextTurn()
      await this.#writeTogether(this.#waiting.splice(0, MAX_MARKS_PER_WRITE))
    } while (this.#waiting.length > 0)
    // In the same step as the last look: a mark that comes later starts the next write.
    this.#writing = undefined
  }

  async #writeTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      const added = await this.#options.store.addUsedTokens(batch.map(({ mark }) => mark))
      this.#failing = false
      const names = new Set(added.map(({ apiKey, tokenId }) => nameOf(apiKey, tokenId)))
      for (const { mark, resolve } of batch) resolve(names.delete(nameOf(mark.apiKey, mark.tokenId)))
    } catch (error) {
      if (error instanceof StoreDownError) {
        if (!this.#failing) this.#options.onError(error)
        this.#failing = true
      } else if (batch.length > 1) {
        // One that the store will not take must not keep the others out.
        const half = Math.ceil(batch.length / 2)
        await this.#writeTogether(batch.slice(0, half))
        await this.#writeTogether(batch.slice(half))
        return
      }
      for (const { reject } of batch) reject(error)
    }
  }
}
