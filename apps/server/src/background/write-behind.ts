import type { Clock } from '../clock.ts'
import { StoreDownError } from '../store-down.ts'

/** How often a single record can fail, while the store is available, before it is set aside. */
export const MAX_TRIES_OF_RECORD = 3

export interface WriteBehindOptions<T> {
  /** Writes all of them or none. */
  readonly write: (batch: readonly T[]) => Promise<void>
  /** The delay before added records are written, in seconds. */
  readonly seconds: number
  /** The most records of one write; the others follow immediately. */
  readonly mostPerWrite: number
  /** The most records that wait while the store does not answer; others are lost. Default: unlimited. */
  readonly mostWaiting?: number
  readonly clock: Clock
  /** Called for the first of several failures in a row; pending records are kept and retried. */
  readonly onError: (error: unknown) => void
  /**
   * Called with a record that is given up because the store is available but rejects it: it must not block the others. The error may
   * contain data of the record.
   */
  readonly onSetAside?: (item: T, error: unknown) => void
  /** Called for the first of several lost records in a row. */
  readonly onLost?: () => void
  /** Whether a record still needs to be written. Default: always. */
  readonly isOfUse?: (item: T, now: number) => boolean
}

/**
 * Writes records in the background, in batches and in order, so that nobody waits. While the store is down, all records wait. If it rejects
 * a batch, the batch is halved until the rejected record is found and set aside.
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
  /** The batch size while a bad record is searched for. */
  #most = Number.POSITIVE_INFINITY
  #triesOfFirst = 0

  constructor(options: WriteBehindOptions<T>) {
    this.#options = options
  }

  /** How many records are not written yet. */
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

  /** Writes pending records, as far as the store answers. */
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
      // The rest may contain another bad record, which the next failure finds.
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
    // Locks and timeouts are temporary failures.
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
