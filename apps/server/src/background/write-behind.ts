import type { Clock } from '../clock.ts'
import { StoreDownError } from '../store-down.ts'

/** How often a record alone may fail, while the store can be used, before it is set aside. */
export const MAX_TRIES_OF_RECORD = 3

export interface WriteBehindOptions<T> {
  /** Writes all of them or none. */
  readonly write: (batch: readonly T[]) => Promise<void>
  /** How soon what is added is written, in seconds. */
  readonly seconds: number
  /** The most of one write; what is beyond follows at once. */
  readonly mostPerWrite: number
  /** The most that wait, where the store does not answer; what comes beyond is lost. Default: any. */
  readonly mostWaiting?: number
  readonly clock: Clock
  /** Called with the first of several failures in a row; what waits is kept and tried again. */
  readonly onError: (error: unknown) => void
  /**
   * Called with a record that is given up, since the store can be used and will not take it: it must not keep the others back.
   * The error may hold what is in the record.
   */
  readonly onSetAside?: (item: T, error: unknown) => void
  /** Called with the first of several that are lost in a row. */
  readonly onLost?: () => void
  /** Whether something is still worth being written. Default: always. */
  readonly isOfUse?: (item: T, now: number) => boolean
}

/**
 * Writes behind, in batches and in order, what nobody may wait for. Where the store is down everything waits; where it refuses a
 * batch, the batch is halved until the record is found that it refuses, and that one is set aside.
 */
export class WriteBehind<T> {
  readonly #options: WriteBehindOptions<T>
  #waiting: T[] = []
  #cancel: (() => void) | undefined
  #writing: Promise<void> | undefined
  #failing = false
  #isDown = false
  #losing = false
  #closed = false
  /** How many of what waits are written at a time while a bad record is looked for. */
  #most = Number.POSITIVE_INFINITY
  #triesOfFirst = 0

  constructor(options: WriteBehindOptions<T>) {
    this.#options = options
  }

  /** How many are not written yet. */
  get waiting(): number {
    return this.#waiting.length
  }

  add(item: T): void {
    const { seconds, mostWaiting = Number.POSITIVE_INFINITY, onLost } = this.#options
    if (this.#waiting.length >= mostWaiting) {
      if (!this.#losing) onLost?.()
      this.#losing = true
      return
    }
    this.#losing = false
    this.#waiting.push(item)
    if (this.#writing === undefined) this.#schedule(seconds)
  }

  /** Writes what is waiting, as far as the store answers. */
  async close(): Promise<void> {
    this.#closed = true
    this.#cancel?.()
    await this.#writing
    do await this.#write()
    while (this.#waiting.length > 0 && !this.#isDown)
  }

  #schedule(seconds: number): void {
    if (this.#closed) return
    this.#cancel ??= this.#options.clock.after(seconds, () => {
      this.#cancel = undefined
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined
        if (this.#waiting.length > 0) this.#schedule(this.#failing ? this.#options.seconds : 0)
      })
    })
  }

  async #write(): Promise<void> {
    const { write, mostPerWrite, clock, isOfUse } = this.#options
    const now = clock.now()
    if (isOfUse !== undefined) this.#waiting = this.#waiting.filter((item) => isOfUse(item, now))
    const batch = this.#waiting.slice(0, Math.min(mostPerWrite, this.#most))
    if (batch.length === 0) return
    try {
      await write(batch)
      this.#waiting.splice(0, batch.length)
      this.#failing = false
      this.#isDown = false
      this.#triesOfFirst = 0
      // What is left may hold another bad record, which the next failure finds.
      this.#most = Number.POSITIVE_INFINITY
    } catch (error) {
      this.#isDown = error instanceof StoreDownError
      if (this.#isDown) this.#fail(error)
      else this.#narrowDown(batch, error)
    }
  }

  #fail(error: unknown): void {
    if (!this.#failing) this.#options.onError(error)
    this.#failing = true
  }

  #narrowDown(batch: readonly T[], error: unknown): void {
    const [first] = batch
    if (batch.length > 1 || first === undefined) {
      this.#most = Math.ceil(batch.length / 2)
      return
    }
    // A lock or a timeout fails too, and passes.
    if (++this.#triesOfFirst < MAX_TRIES_OF_RECORD) {
      this.#fail(error)
      return
    }
    this.#waiting.shift()
    this.#triesOfFirst = 0
    this.#failing = false
    this.#most = Number.POSITIVE_INFINITY
    this.#options.onSetAside?.(first, error)
  }
}
