import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../clock.ts'

/** The most writes of one {@link Flusher.flush}: what goes on coming is written later. */
export const MAX_WRITES_OF_FLUSH = 32

export interface FlusherOptions {
  /** Writes a bounded part of what waits, and keeps it if that fails. Answers whether more waits. */
  readonly write: () => Promise<boolean>
  /** How soon after {@link Flusher.wake} it is written, and how soon after a failure it is tried again, in seconds. */
  readonly seconds: number
  readonly clock: Clock
  /** Called with the first of several failures in a row. */
  readonly onError: (error: unknown) => void
}

/** Writes in the background, one part at a time, what others collect. Between two parts the process does other things. */
export class Flusher {
  readonly #options: FlusherOptions
  #cancel: (() => void) | undefined
  #running: Promise<void> | undefined
  #hasMore = false
  #isFailing = false
  #isClosed = false

  constructor(options: FlusherOptions) {
    this.#options = options
  }

  /** Sees to it that what waits is written soon. */
  wake(): void {
    if (this.#isClosed) return
    this.#cancel ??= this.#options.clock.after(this.#options.seconds, () => {
      this.#cancel = undefined
      void this.#runAgain().then(() => {
        if (this.#hasMore || this.#isFailing) this.wake()
      })
    })
  }

  /** Writes what waits now. It never fails: what cannot be written is kept, and tried again later. */
  async flush(): Promise<void> {
    let writes = 0
    do await this.#runAgain()
    while (this.#hasMore && ++writes < MAX_WRITES_OF_FLUSH)
    if (this.#hasMore || this.#isFailing) this.wake()
  }

  /** Writes what waits, for that long at the most, and stops. */
  async close(limitSeconds: number): Promise<void> {
    this.#isClosed = true
    this.#cancel?.()
    let cancel = (): void => {}
    const limit = new Promise<void>((over) => {
      cancel = this.#options.clock.after(limitSeconds, over)
    })
    await Promise.race([this.flush(), limit])
    cancel()
  }

  /** A write that is under way may have begun before the latest was added. */
  async #runAgain(): Promise<void> {
    await this.#running
    await this.#run()
  }

  #run(): Promise<void> {
    this.#running ??= this.#write().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #write(): Promise<void> {
    try {
      this.#hasMore = await this.#options.write()
      this.#isFailing = false
    } catch (error) {
      this.#hasMore = false
      if (!this.#isFailing) this.#options.onError(error)
      this.#isFailing = true
    }
    await nextTurn()
  }
}
