import type { VerifiedClaims } from '@stagedoor/access-token'
import type { UsedToken } from '../keyring/used-token-store.ts'

// How many marks are set between two looks for those that can go.
const SWEEP_EVERY = 1_000

/** The tokens that have opened a session, each remembered until it has ended by itself. */
export class UsedTokens {
  /** When each is forgotten, in seconds since 1970, by API key and `jti`. */
  readonly #ends = new Map<string, number>()
  readonly #onMark: (mark: UsedToken) => void
  #untilSweep = SWEEP_EVERY

  /**
   * @param marks those that were set before.
   * @param onMark told of each that is set from now on.
   */
  constructor(marks: Iterable<UsedToken> = [], onMark: (mark: UsedToken) => void = () => {}) {
    for (const { apiKey, tokenId, forgetAt } of marks) this.#ends.set(nameOf(apiKey, tokenId), forgetAt)
    this.#onMark = onMark
  }

  get size(): number {
    return this.#ends.size
  }

  has({ sub, jti }: VerifiedClaims): boolean {
    return this.#ends.has(nameOf(sub, jti))
  }

  /** @param graceSeconds how long after its end a token may still be taken for valid: the clock skew of the policy. */
  mark({ sub, jti, exp }: VerifiedClaims, now: number, graceSeconds: number): void {
    const forgetAt = exp + graceSeconds
    this.#ends.set(nameOf(sub, jti), forgetAt)
    this.#onMark({ apiKey: sub, tokenId: jti, forgetAt })
    if (--this.#untilSweep === 0) this.#sweep(now)
  }

  #sweep(now: number): void {
    this.#untilSweep = SWEEP_EVERY
    for (const [name, end] of this.#ends) if (end <= now) this.#ends.delete(name)
  }
}

function nameOf(apiKey: string, tokenId: string): string {
  return `${apiKey}\n${tokenId}`
}
