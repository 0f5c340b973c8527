import type { VerifiedClaims } from '@stagedoor/access-token'
import { type Clock, systemClock } from '../clock.ts'
import type { UsedToken } from '../keyring/used-token-store.ts'
import { StoreDownError } from '../store-down.ts'

// How many marks are set between two looks for those that can go.
const SWEEP_EVERY = 1_000

/** How long a registration waits for its mark to be written, in seconds; then it is refused. */
export const MAX_SPEND_SECONDS = 5

/**
 * What became of using a token up: it is, and nobody had before; somebody had; or that could not be found out, since the store does
 * not answer.
 */
export type SpendOutcome = 'spent' | 'already_used' | 'unavailable'

export interface UsedTokensOptions {
  /** Those that were marked before. Default: none. */
  readonly marks?: Iterable<UsedToken>
  /** Writes a mark so that it survives a crash. Answers whether there was none. Default: all are new. */
  readonly write?: (mark: UsedToken) => Promise<boolean>
  readonly clock?: Clock
}

/** The tokens that have opened a session, each remembered until it has ended by itself. */
export class UsedTokens {
  /** When each is forgotten, in seconds since 1970, by API key and `jti`. */
  readonly #ends = new Map<string, number>()
  readonly #write: (mark: UsedToken) => Promise<boolean>
  readonly #clock: Clock
  #untilSweep = SWEEP_EVERY

  constructor({ marks = [], write = async () => true, clock = systemClock }: UsedTokensOptions = {}) {
    for (const { apiKey, tokenId, forgetAt } of marks) this.#ends.set(nameOf(apiKey, tokenId), forgetAt)
    this.#write = write
    this.#clock = clock
  }

  get size(): number {
    return this.#ends.size
  }

  has({ sub, jti }: VerifiedClaims): boolean {
    return this.#ends.has(nameOf(sub, jti))
  }

  /**
   * Uses a token up. It counts as used at once for {@link has}, and the answer comes when that is written down.
   *
   * @param graceSeconds how long after its end a token may still be taken for valid: the clock skew of the policy.
   */
  spend({ sub, jti, exp }: VerifiedClaims, graceSeconds: number): Promise<SpendOutcome> {
    const forgetAt = exp + graceSeconds
    const name = nameOf(sub, jti)
    this.#ends.set(name, forgetAt)
    if (--this.#untilSweep === 0) this.#sweep(this.#clock.now())
    return this.#within(this.#settle(name, { apiKey: sub, tokenId: jti, forgetAt }))
  }

  async #settle(name: string, mark: UsedToken): Promise<SpendOutcome> {
    try {
      return (await this.#write(mark)) ? 'spent' : 'already_used'
    } catch (error) {
      // The store knows whether it was written all the same, and says so at the next try.
      this.#ends.delete(name)
      if (error instanceof StoreDownError) return 'unavailable'
      throw error
    }
  }

  #within(settling: Promise<SpendOutcome>): Promise<SpendOutcome> {
    let cancel = (): void => {}
    const tooLong = new Promise<SpendOutcome>((give) => {
      cancel = this.#clock.after(MAX_SPEND_SECONDS, () => give('unavailable'))
    })
    return Promise.race([settling, tooLong]).finally(cancel)
  }

  #sweep(now: number): void {
    this.#untilSweep = SWEEP_EVERY
    for (const [name, end] of this.#ends) if (end <= now) this.#ends.delete(name)
  }
}

/** Names a token among those of all API keys. */
export function nameOf(apiKey: string, tokenId: string): string {
  return `${apiKey}\n${tokenId}`
}
