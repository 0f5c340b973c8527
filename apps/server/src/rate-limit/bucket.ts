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

  /** How long until that much is there to take, in seconds; 0 where it is. Takes nothing. */
  wait(rate: Rate, now: number, amount = 1): number {
    const missing = amount - this.#leftAt(rate, now)
    return missing <= ROUNDING ? 0 : missing / rate.perSecond
  }

  /** Takes that much if it is there, and answers as {@link wait} does. More than a whole bucket is never there. */
  take(rate: Rate, now: number, amount = 1): number {
    const wait = this.wait(rate, now, amount)
    const left = this.#leftAt(rate, now)
    this.#left = wait === 0 ? Math.max(0, left - amount) : left
    this.#at = now
    return wait
  }

  /** Takes that much whether it is there or not: what is owed fills up first. */
  charge(rate: Rate, now: number, amount: number): void {
    this.#left = this.#leftAt(rate, now) - amount
    this.#at = now
  }

  #leftAt({ perSecond, burst }: Rate, now: number): number {
    return Math.min(burst, this.#left + Math.max(0, now - this.#at) * perSecond)
  }
}

/** A time to wait, as it is told: in whole seconds, and never too short. */
export function wholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds - ROUNDING))
}
