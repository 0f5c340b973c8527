import type { Clock } from '../clock.ts'

/**
 * How long the store must answer without a failure until it counts as recovered, in seconds: a server that goes down or comes back may
 * answer on one connection and refuse another.
 */
export const STEADY_SECONDS = 1

export interface StoreHealthOptions {
  readonly clock: Pick<Clock, 'now'>
  /** Called for the first of several failures in a row; the last known state stays in force until the store answers again. */
  readonly onError: (error: unknown) => void
  /** Called when the store has answered again for {@link STEADY_SECONDS} and accepts changes. */
  readonly onRecovery: () => void
}

/** Whether the store can be used. Everything that fails to use it reports here; the first failure in a row is reported once. */
export class StoreHealth {
  readonly #options: StoreHealthOptions
  #isFailing = false
  #steadySince: number | undefined
  #isWatched = false

  constructor(options: StoreHealthOptions) {
    this.#options = options
  }

  get status(): 'ok' | 'unavailable' {
    return this.#isFailing ? 'unavailable' : 'ok'
  }

  readonly recordFailure = (error: unknown): void => {
    this.#steadySince = undefined
    if (!this.#isWatched) return
    if (!this.#isFailing) this.#options.onError(error)
    this.#isFailing = true
  }

  /** Records that the store has answered. Returns true if it was down and has answered for long enough to try a change. */
  recordAnswer(): boolean {
    if (!this.#isFailing) return false
    const now = this.#options.clock.now()
    this.#steadySince ??= now
    return now - this.#steadySince >= STEADY_SECONDS
  }

  recordRecovery(): void {
    this.#isFailing = false
    this.#options.onRecovery()
  }

  /** Call it once the store is open. Before, a failure is thrown to the caller that opens it. */
  watch(): void {
    this.#isWatched = true
  }

  /** Call it before the store closes: from then on failures are expected. */
  unwatch(): void {
    this.#isWatched = false
  }
}
