/** How much is let through: `burst` at once, and then so much a second. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

// What rounding may take from the share of a whole one.
const ROUNDING = 1e-6

/**
 * How much of a rate is left to one who is metered, from a full bucket on. The rate is said each time, so that a change of it
 * acts at once. Times are in seconds; a clock that is put back fills nothing and empties nothing.
 */
export class Bucket {
  #left = Number.POSITIVE_INFINITY
  #at = 0

  /** How long until there is one to take, in seconds; 0 where there is. Takes nothing. */
  wait(rate: Rate, now: number): number {
    const missing = 1 - this.#leftAt(rate, now)
    return missing <= ROUNDING ? 0 : missing / rate.perSecond
  }

  /** Takes one if there is one, and answers as {@link wait} does. */
  take(rate: Rate, now: number): number {
    const wait = this.wait(rate, now)
    const left = this.#leftAt(rate, now)
    this.#left = wait === 0 ? Math.max(0, left - 1) : left
    this.#at = now
    return wait
  }

  #leftAt({ perSecond, burst }: Rate, now: number): number {
    return Math.min(burst, this.#left + Math.max(0, now - this.#at) * perSecond)
  }
}

/** A time to wait, as it is told: in whole seconds, and never too short. */
export function wholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds - ROUNDING))
}
