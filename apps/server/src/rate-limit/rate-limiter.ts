import { Bucket, type Rate } from './bucket.ts'

/** The most names that one limiter distinguishes. Others share one bucket until some are forgotten. */
export const MAX_METERED = 100_000

/** How long a bucket needs to refill at most, in seconds: then it need not be remembered. */
export const FORGET_AFTER_SECONDS = 60

/** That many at once, and then that many per minute, evenly. */
export function perMinute(count: number): Rate {
  return { perSecond: count / FORGET_AFTER_SECONDS, burst: count }
}

/**
 * A bucket for each name. No name is forgotten to make room, because a flood of names would then refill used-up buckets. Names
 * beyond the limit share one bucket.
 */
export class RateLimiter {
  /** The names used in this period, and those of the period before that were not used since. */
  #recent = new Map<string, Bucket>()
  #earlier = new Map<string, Bucket>()
  #shared = new Bucket()
  #turnedAt = Number.NEGATIVE_INFINITY

  get size(): number {
    return this.#recent.size + this.#earlier.size
  }

  /** How long until that name has one available, in seconds; 0 if it has one now. Consumes nothing. */
  wait(name: string, rate: Rate, now: number): number {
    this.#turn(now)
    const bucket = this.#recent.get(name) ?? this.#earlier.get(name)
    return (bucket ?? (this.size < MAX_METERED ? new Bucket() : this.#shared)).wait(rate, now)
  }

  /** Takes that amount for that name if it is available, and returns the same as {@link wait}. */
  take(name: string, rate: Rate, now: number, amount = 1): number {
    this.#turn(now)
    return this.#bucketOf(name).take(rate, now, amount)
  }

  #bucketOf(name: string): Bucket {
    const recent = this.#recent.get(name)
    if (recent !== undefined) return recent
    const earlier = this.#earlier.get(name)
    if (earlier === undefined && this.size >= MAX_METERED) return this.#shared
    const bucket = earlier ?? new Bucket()
    this.#earlier.delete(name)
    this.#recent.set(name, bucket)
    return bucket
  }

  // A bucket that was not used for a whole period is full again and need not be kept.
  #turn(now: number): void {
    if (now < this.#turnedAt) this.#turnedAt = now
    if (now - this.#turnedAt < FORGET_AFTER_SECONDS) return
    this.#earlier = this.#recent
    this.#recent = new Map()
    this.#turnedAt = now
  }
}
