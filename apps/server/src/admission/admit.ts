import type { ConversationGrant, VerifiedClaims } from '@stagedoor/access-token'
import type { UserData } from '@stagedoor/protocol'

/** Who asks to be let in, as the first frame says. */
export interface Knock {
  readonly apiKey: string
  /** The user id. */
  readonly id: string
  readonly token?: string | undefined
  readonly userData?: UserData | undefined
}

/** What a session is opened with: who it is, until when, and what it may do. */
export interface Admission {
  readonly ok: true
  readonly apiKey: string
  readonly userId: string
  readonly userData: UserData
  /** Seconds since 1970. */
  readonly issuedAt: number
  readonly expiresAt: number
  /** The `jti` of the token. */
  readonly tokenId: string
  /** The conversations that the token names; without, every one of the API key. */
  readonly grants: readonly ConversationGrant[] | undefined
}

/** Turns verified claims into an admission. What the token has signed goes before what the client says of itself. */
export function admit(claims: VerifiedClaims, { apiKey, id, userData }: Knock): Admission {
  return {
    ok: true,
    apiKey,
    userId: id,
    userData: (claims.grants.userData as UserData | undefined) ?? userData ?? {},
    issuedAt: claims.iat,
    expiresAt: claims.exp,
    tokenId: claims.jti,
    grants: claims.grants.conversations,
  }
}
