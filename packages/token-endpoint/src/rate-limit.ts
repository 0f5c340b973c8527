import { aNumber, checkOptions, optional } from './check-options.ts'

/** How often one user can get a token. */
export interface RateLimitOptions {
  /** Tokens per minute, which can be requested all at once, 1 to 1,000,000. Default: 30. */
  readonly perMinute?: number
}

/** The most users that are remembered; beyond it, the least recent are forgotten first. */
export const MAX_REMEMBERED_USERS = 10_000
/** The highest limit; `rateLimit: false` removes the limit. */
export const MAX_PER_MINUTE = 1_000_000
const DEFAULT_PER_MINUTE = 30
const MINUTE = 60

/** @throws {TypeError} if an option is unknown or invalid. */
export function checkRateLimit(options: unknown): void {
  checkOptions('createTokenEndpoint: rateLimit', options, {
    perMinute: optional(aNumber(1, MAX_PER_MINUTE)),
  })
}

interface Bucket {
  readonly tokens: number
  /** Seconds since 1970. */
  readonly at: number
}

/** One bucket per user, which refills evenly over a minute. */
export class RateLimit {
  readonly #perMinute: number
  readonly #buckets = new Map<string, Bucket>()

  constructor({ perMinute = DEFAULT_PER_MINUTE }: RateLimitOptions = {}) {
    if (!(perMinute >= 1)) throw new RangeError('rateLimit.perMinute is 1 or more')
    this.#perMinute = perMinute
  }

  /**
   * Takes one token from a user's limit.
   *
   * @param now seconds since 1970.
   * @returns 0 if there was one; otherwise the whole seconds until there is one again.
   */
  take(userId: string, now: number): number {
    const { tokens, at } = this.#buckets.get(userId) ?? { tokens: this.#perMinute, at: now }
    const filled = Math.min(this.#perMinute, tokens + (Math.max(0, now - at) * this.#perMinute) / MINUTE)
    this.#buckets.delete(userId)
    if (filled < 1) {
      this.#buckets.set(userId, { tokens: filled, at: now })
      return Math.ceil(((1 - filled) * MINUTE) / this.#perMinute)
    }
    this.#buckets.set(userId, { tokens: filled - 1, at: now })
    if (this.#buckets.size > MAX_REMEMBERED_USERS) this.#buckets.delete(this.#buckets.keys().next().value ?? '')
    return 0
  }
}
