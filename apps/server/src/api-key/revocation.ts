/**
 * What is revoked: one token by its `jti`; a token of an identity provider, with all that it was exchanged for; a user, as far as
 * tokens were minted until then; a user until a time, whatever the token (`ban`); a signing key, as far as tokens were signed with it;
 * everything of an API key that was minted until then.
 */
export const REVOCATION_KINDS = ['token', 'subject_token', 'user', 'ban', 'signing_key', 'everything'] as const
export type RevocationKind = (typeof REVOCATION_KINDS)[number]

export interface Revocation {
  readonly apiKey: string
  readonly kind: RevocationKind
  /** The `jti`, the hash of the subject token, the user id or the key id; empty for everything. */
  readonly subject: string
  /** Seconds since 1970. Of a user and of everything, tokens minted later are good. */
  readonly revokedAt: number
  /** Seconds since 1970: when a ban ends; of the others, from when on no token that it is about can be valid any more. */
  readonly forgetAt: number
}

/** What there is to know of a token when it is asked whether it is revoked. */
export interface RevocableToken {
  /** Its `jti` and, of a renewed session, that of the token that opened it. */
  readonly tokenIds: readonly string[]
  /** The hashes of the tokens that these were exchanged for. */
  readonly subjectTokens: readonly string[]
  readonly userId: string
  /** The keys that signed these. */
  readonly keyIds: readonly (string | undefined)[]
  readonly issuedAt: number
}

/** The revocations of one API key, ready to be asked. */
export class Revocations {
  readonly #tokens = new Set<string>()
  readonly #subjectTokens = new Set<string>()
  readonly #signingKeys = new Set<string | undefined>()
  readonly #users = new Map<string, number>()
  /** When the ban of a user ends. */
  readonly #bans = new Map<string, number>()
  #everythingUntil = Number.NEGATIVE_INFINITY
  #isEmpty = true

  constructor(revocations: Iterable<Revocation>) {
    for (const revocation of revocations) this.#add(revocation)
  }

  /** Whether nothing is revoked, as for most API keys most of the time. */
  get isEmpty(): boolean {
    return this.#isEmpty
  }

  #add({ kind, subject, revokedAt, forgetAt }: Revocation): void {
    this.#isEmpty = false
    if (kind === 'token') this.#tokens.add(subject)
    else if (kind === 'subject_token') this.#subjectTokens.add(subject)
    else if (kind === 'signing_key') this.#signingKeys.add(subject)
    else if (kind === 'user') keepLatest(this.#users, subject, revokedAt)
    else if (kind === 'ban') keepLatest(this.#bans, subject, forgetAt)
    else this.#everythingUntil = Math.max(this.#everythingUntil, revokedAt)
  }

  /** As they are with one more. */
  with(revocation: Revocation): Revocations {
    const more = new Revocations([revocation])
    for (const tokenId of this.#tokens) more.#tokens.add(tokenId)
    for (const hash of this.#subjectTokens) more.#subjectTokens.add(hash)
    for (const keyId of this.#signingKeys) more.#signingKeys.add(keyId)
    for (const [userId, until] of this.#users) keepLatest(more.#users, userId, until)
    for (const [userId, until] of this.#bans) keepLatest(more.#bans, userId, until)
    more.#everythingUntil = Math.max(more.#everythingUntil, this.#everythingUntil)
    return more
  }

  /** Whether this very token was revoked, by its `jti`. */
  hasToken(tokenId: string): boolean {
    return this.#tokens.has(tokenId)
  }

  /** Whether a user is refused now, whatever token they bring. */
  isBanned(userId: string, now: number): boolean {
    return now < (this.#bans.get(userId) ?? Number.NEGATIVE_INFINITY)
  }

  includes({ tokenIds, subjectTokens, userId, keyIds, issuedAt }: RevocableToken): boolean {
    return (
      issuedAt <= this.#everythingUntil ||
      issuedAt <= (this.#users.get(userId) ?? Number.NEGATIVE_INFINITY) ||
      tokenIds.some((tokenId) => this.#tokens.has(tokenId)) ||
      subjectTokens.some((hash) => this.#subjectTokens.has(hash)) ||
      keyIds.some((keyId) => this.#signingKeys.has(keyId))
    )
  }
}

function keepLatest(times: Map<string, number>, name: string, time: number): void {
  times.set(name, Math.max(time, times.get(name) ?? time))
}
