import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../clock.ts'

/** The most writes of one {@link Flusher.flush}; data that keeps arriving is written later. */
export const MAX_WRITES_OF_FLUSH = 32

export interface FlusherOptions {
  /** Writes a bounded part of the pending data, and keeps it if that fails. Returns whether more is pending. */
  readonly write: () => Promise<boolean>
  /** The delay after {@link Flusher.wake}, and before a retry after a failure, in seconds. */
  readonly seconds: number
  readonly clock: Clock
  /** Called for the first of several failures in a row. */
  readonly onError: (error: unknown) => void
}

/** Writes collected data in the background, one part at a time, so that other work can run in between. */
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

  /** Schedules a write of the pending data. */
  wake(): void {
    if (this.#isClosed) return
    this.#cancel ??= this.#options.clock.after(this.#options.seconds, () => {
      this.#cancel = undefined
      void this.#runAgain().then(() => {
        if (this.#hasMore || this.#isFailing) this.wake()
      })
    })
  }

  /** Writes the pending data now. Never fails: data that cannot be written is kept and retried later. */
  async flush(): Promise<void> {
    let writes = 0
    do await this.#runAgain()
    while (this.#hasMore && ++writes < MAX_WRITES_OF_FLUSH)
    if (this.#hasMore || this.#isFailing) this.wake()
  }

  /** Writes pending data, for up to that long, and stops. */
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

  /** A write in progress may have begun before the latest data was added. */
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
