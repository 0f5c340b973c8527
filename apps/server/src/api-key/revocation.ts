import type { Actor } from '../events/audit.ts'

/**
 * The kinds of revocation: one token, by its `jti`; a token of an identity provider and everything it was exchanged for; a user's tokens
 * minted until now; a user until a time, with any token (`ban`); all tokens signed with a signing key; all tokens of an API key minted
 * until now.
 */
export const REVOCATION_KINDS = ['token', 'subject_token', 'user', 'ban', 'signing_key', 'everything'] as const
export type RevocationKind = (typeof REVOCATION_KINDS)[number]

/** Who revoked: an actor of the audit log, or a moderator of a conversation. */
export interface Revoker {
  readonly kind: Actor['kind'] | 'moderator'
  /** The address that the account logs in with, the API key of an OAuth client, or the user id of a moderator. */
  readonly name: string | undefined
}

export interface Revocation {
  readonly apiKey: string
  readonly kind: RevocationKind
  /** The `jti`, the hash of the subject token, the user id or the key id; empty for all tokens. */
  readonly subject: string
  /** Seconds since 1970. For a user and for all tokens: tokens minted later are valid. */
  readonly revokedAt: number
  /** Seconds since 1970: for a ban, when it ends; for the others, when every token that it applies to has expired. */
  readonly forgetAt: number
  /** Undefined where it is not known. Where it was revoked more than once, who did so last. */
  readonly revokedBy?: Revoker | undefined
}

export function revokerOf({ kind, id, name }: Actor): Revoker {
  return { kind, name: name ?? id }
}

/** What must be known about a token to decide whether it is revoked. */
export interface RevocableToken {
  /** Its `jti` and, for a renewed session, that of the first token. */
  readonly tokenIds: readonly string[]
  /** The hashes of the tokens for which these were exchanged. */
  readonly subjectTokens: readonly string[]
  readonly userId: string
  /** The keys that signed these. */
  readonly keyIds: readonly (string | undefined)[]
  readonly issuedAt: number
}

/** The revocations of one API key, prepared for look-ups. */
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

  /** Whether nothing is revoked, which is the usual case. */
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

  /** These revocations and one more. */
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

  /** Whether this token was revoked by its `jti`. */
  hasToken(tokenId: string): boolean {
    return this.#tokens.has(tokenId)
  }

  /** Whether a user is banned now, with any token. */
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
