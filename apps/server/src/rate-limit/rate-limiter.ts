import { Bucket, type Rate } from './bucket.ts'

/** The most names that one limiter tells apart. Others share one bucket until some are forgotten. */
export const MAX_METERED = 100_000

/** How long a bucket takes to be full again at the most, in seconds: then it need not be remembered. */
export const FORGET_AFTER_SECONDS = 60

/** So many at once, and then so many in each minute, evenly. */
export function perMinute(count: number): Rate {
  return { perSecond: count / FORGET_AFTER_SECONDS, burst: count }
}

/**
 * A bucket for each name. No name is forgotten to make room, because a flood of names would then refill used-up buckets. Names
 * beyond the limit share one bucket.
 */
export class RateLimiter {
  /** Those that were seen since the turn, and those of the turn before that were not seen since. */
  #recent = new Map<string, Bucket>()
  #earlier = new Map<string, Bucket>()
  #shared = new Bucket()
  #turnedAt = Number.NEGATIVE_INFINITY

  get size(): number {
    return this.#recent.size + this.#earlier.size
  }

  /** How long until that name has one to take, in seconds; 0 where it has. Takes nothing. */
  wait(name: string, rate: Rate, now: number): number {
    this.#turn(now)
    const bucket = this.#recent.get(name) ?? this.#earlier.get(name)
    return (bucket ?? (this.size < MAX_METERED ? new Bucket() : this.#shared)).wait(rate, now)
  }

  /** Takes that much of that name if it is there, and answers as {@link wait} does. */
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

  // What was not seen for a whole turn is full again, and as good as forgotten.
  #turn(now: number): void {
    if (now < this.#turnedAt) this.#turnedAt = now
    if (now - this.#turnedAt < FORGET_AFTER_SECONDS) return
    this.#earlier = this.#recent
    this.#recent = new Map()
    this.#turnedAt = now
  }
}
