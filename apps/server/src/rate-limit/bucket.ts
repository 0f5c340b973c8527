/** A rate: `burst` at once, and then that many per second. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

// The error that rounding can cause in the share of one unit.
const ROUNDING = 1e-6

/**
 * The remaining part of a rate limit, initially full. The rate is passed each time, so that a change applies immediately. Times are in
 * seconds; a clock that is set back neither fills nor empties the bucket.
 */
export class Bucket {
  #left = Number.POSITIVE_INFINITY
  #at = 0

  /** How long until that amount is available, in seconds; 0 if it is now. Consumes nothing. */
  wait(rate: Rate, now: number, amount = 1): number {
    const missing = amount - this.#leftAt(rate, now)
    return missing <= ROUNDING ? 0 : missing / rate.perSecond
  }

  /** Takes that amount if it is available, and returns the same as {@link wait}. More than a full bucket is never available. */
  take(rate: Rate, now: number, amount = 1): number {
    const wait = this.wait(rate, now, amount)
    const left = this.#leftAt(rate, now)
    this.#left = wait === 0 ? Math.max(0, left - amount) : left
    this.#at = now
    return wait
  }

  /** Takes that amount even if it is not available: the debt is refilled first. */
  charge(rate: Rate, now: number, amount: number): void {
    this.#left = this.#leftAt(rate, now) - amount
    this.#at = now
  }

  #leftAt({ perSecond, burst }: Rate, now: number): number {
    return Math.min(burst, this.#left + Math.max(0, now - this.#at) * perSecond)
  }
}

/** A wait for clients: in whole seconds, and never too short. */
export function wholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds - ROUNDING))
}
