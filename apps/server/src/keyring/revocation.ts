/**
 * What is revoked: one token by its `jti`; a user, as far as tokens were minted until then; a secret, as far as tokens were
 * signed with it; everything of an API key that was minted until then.
 */
export type RevocationKind = 'token' | 'user' | 'secret' | 'everything'

export interface Revocation {
  readonly apiKey: string
  readonly kind: RevocationKind
  /** The `jti`, the user id or the key id; empty for everything. */
  readonly subject: string
  /** Seconds since 1970. Of a user and of everything, tokens minted later are good. */
  readonly revokedAt: number
  /** Seconds since 1970, from when on no token that it is about can be valid any more. */
  readonly forgetAt: number
}

/** What there is to know of a token when it is asked whether it is revoked. */
export interface RevocableToken {
  /** Its `jti` and, of a renewed session, that of the token that opened it. */
  readonly tokenIds: readonly string[]
  readonly userId: string
  /** The keys that signed these. */
  readonly keyIds: readonly (string | undefined)[]
  readonly issuedAt: number
}

/** The revocations of one API key, ready to be asked. */
export class Revocations {
  readonly #tokens = new Set<string>()
  readonly #secrets = new Set<string | undefined>()
  readonly #users = new Map<string, number>()
  #everythingUntil = Number.NEGATIVE_INFINITY

  constructor(revocations: Iterable<Revocation>) {
    for (const { kind, subject, revokedAt } of revocations) {
      if (kind === 'token') this.#tokens.add(subject)
      else if (kind === 'secret') this.#secrets.add(subject)
      else if (kind === 'user') this.#users.set(subject, Math.max(revokedAt, this.#users.get(subject) ?? revokedAt))
      else this.#everythingUntil = Math.max(this.#everythingUntil, revokedAt)
    }
  }

  /** As they are with one more. */
  with(revocation: Revocation): Revocations {
    const more = new Revocations([revocation])
    for (const tokenId of this.#tokens) more.#tokens.add(tokenId)
    for (const keyId of this.#secrets) more.#secrets.add(keyId)
    for (const [userId, until] of this.#users)
      more.#users.set(userId, Math.max(until, more.#users.get(userId) ?? until))
    more.#everythingUntil = Math.max(more.#everythingUntil, this.#everythingUntil)
    return more
  }

  /** Whether this very token was revoked, by its `jti`. */
  hasToken(tokenId: string): boolean {
    return this.#tokens.has(tokenId)
  }

  includes({ tokenIds, userId, keyIds, issuedAt }: RevocableToken): boolean {
    return (
      issuedAt <= this.#everythingUntil ||
      issuedAt <= (this.#users.get(userId) ?? Number.NEGATIVE_INFINITY) ||
      tokenIds.some((tokenId) => this.#tokens.has(tokenId)) ||
      keyIds.some((keyId) => this.#secrets.has(keyId))
    )
  }
}
