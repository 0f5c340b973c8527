import { type Refusal, refuseAttempt } from '../admission/refusal.ts'
import type { RegistrationRequest } from '../admission/registration-request.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import type { Rate } from '../rate-limit/bucket.ts'
import { networkOf } from '../rate-limit/network-of.ts'
import { perMinute, RateLimiter } from '../rate-limit/rate-limiter.ts'

/** How large the first frame of a socket may be without being counted, in bytes: nearly all are smaller. */
export const FREE_FIRST_FRAME_BYTES = 4_096
/** The bytes of larger first frames that one network may send. They are parsed before any policy is known. */
export const LARGE_FIRST_FRAMES: Rate = { perSecond: 128 * 1024, burst: 4 * 1024 * 1024 }

/** Counts attempts and registrations of the API keys whose policy limits them. Each API key has its own limiters. */
export class Turnstile {
  readonly #attempts = new Map<string, RateLimiter>()
  readonly #registrations = new Map<string, RateLimiter>()
  readonly #large = new RateLimiter()

  /** Counts a first frame larger than {@link FREE_FIRST_FRAME_BYTES}. Returns the seconds until there is room, 0 if there is. */
  countLargeAttempt({ address = '' }: Pick<RegistrationRequest, 'address'>, bytes: number, now: number): number {
    return this.#large.take(networkOf(address), LARGE_FIRST_FRAMES, now, bytes)
  }

  /**
   * Counts an attempt for an API key, and refuses it if too many came from its address, which is read only if
   * there is a limit: to find it out is a system call.
   */
  countAttempt(
    apiKey: string,
    client: Pick<RegistrationRequest, 'address'>,
    known: KnownApiKey | undefined,
    now: number,
  ): Refusal | undefined {
    const most = known?.policy.rateLimits.connectionAttemptsPerMinute
    if (most === undefined) {
      this.#attempts.delete(apiKey)
      return undefined
    }
    // Clients that disconnect before their address is known are counted together.
    const wait = limiterOf(this.#attempts, apiKey).take(networkOf(client.address ?? ''), perMinute(most), now)
    return wait === 0 ? undefined : refuseAttempt(most, wait)
  }

  /** Counts that a user was let in. */
  countRegistration({ apiKey, userId }: UserOf, known: KnownApiKey | undefined, now: number): void {
    const most = known?.policy.rateLimits.registrationsPerMinute
    if (most === undefined) this.#registrations.delete(apiKey)
    else limiterOf(this.#registrations, apiKey).take(userId, perMinute(most), now)
  }

  /** How long until a user may be let in once more, in seconds; 0 where that is now. Counts nothing. */
  waitOf({ apiKey, userId }: UserOf, known: KnownApiKey | undefined, now: number): number {
    const most = known?.policy.rateLimits.registrationsPerMinute
    const limiter = this.#registrations.get(apiKey)
    return most === undefined || limiter === undefined ? 0 : limiter.wait(userId, perMinute(most), now)
  }
}

interface UserOf {
  readonly apiKey: string
  readonly userId: string
}

function limiterOf(limiters: Map<string, RateLimiter>, apiKey: string): RateLimiter {
  const limiter = limiters.get(apiKey) ?? new RateLimiter()
  limiters.set(apiKey, limiter)
  return limiter
}
