import type { Clock } from '../clock.ts'

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
  /** Told of the first of several failures in a row; what waits is kept and written when the store answers again. */
  readonly onError: (error: unknown) => void
  /** Told of the first of several that are lost in a row. */
  readonly onLost?: () => void
  /** Whether something is still worth being written. Default: always. */
  readonly isOfUse?: (item: T, now: number) => boolean
}

/** Writes behind, in batches and in order, what nobody may wait for. */
export class WriteBehind<T> {
  readonly #options: WriteBehindOptions<T>
  #waiting: T[] = []
  #callOff: (() => void) | undefined
  #writing: Promise<void> | undefined
  #failing = false
  #losing = false
  #closed = false

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
        if (this.#waiting.length > 0) this.#schedule(this.#failing ? this.#options.seconds : 0)
      })
    })
  }

  async #write(): Promise<void> {
    const { write, mostPerWrite, clock, onError, isOfUse } = this.#options
    const now = clock.now()
    if (isOfUse !== undefined) this.#waiting = this.#waiting.filter((item) => isOfUse(item, now))
    const batch = this.#waiting.slice(0, mostPerWrite)
    if (batch.length === 0) return
    try {
      await write(batch)
      this.#waiting.splice(0, batch.length)
      this.#failing = false
    } catch (error) {
      if (!this.#failing) onError(error)
      this.#failing = true
    }
  }
}
