/** The default audience of a token. */
export const DEFAULT_AUDIENCE = 'apiRTC'
/** As `grants.apiRTC_UserAgent_Id`: the token is for any user id, if the API key's policy allows that. */
export const ANY_USER_AGENT = 'ApiKey_Token'
/** The longest lifetime of a token, in seconds: 24 hours. */
export const MAX_TTL_SECONDS = 86_400
/** The default lifetime of a token, in seconds: one hour. */
export const DEFAULT_TTL_SECONDS = 3_600
/** How far ahead of the verifier's clock `iat` may be, in seconds. */
export const MAX_ISSUED_AHEAD_SECONDS = 300
/** The largest clock tolerance of a verifier, in seconds. */
export const MAX_CLOCK_SKEW_SECONDS = 300
/** The longest token, in characters. */
export const MAX_TOKEN_LENGTH = 8_192
/** The longest `sub`, `jti` and user id, in characters. */
export const MAX_NAME_LENGTH = 256
/** The largest `grants.userData`, in bytes of JSON. */
export const MAX_USER_DATA_BYTES = 4_096

export const ROLES = ['moderator', 'contributor', 'guest'] as const
export type Role = (typeof ROLES)[number]

export const PUBLICATIONS = ['audio', 'video', 'screen', 'data'] as const
export type Publication = (typeof PUBLICATIONS)[number]

/** What a user can do in the conversations with a name. */
export interface ConversationGrant {
  /** The exact name, or a prefix that ends in `*`. */
  readonly name: string
  readonly role: Role
  readonly publish: readonly Publication[]
  readonly subscribe: boolean
}

export type UserData = { readonly [name: string]: unknown }

export interface Grants {
  /** The user id, or {@link ANY_USER_AGENT}. */
  readonly apiRTC_UserAgent_Id?: string
  /** The only conversations that the user can join. Without the list, the API key's policy decides. */
  readonly conversations?: readonly ConversationGrant[]
  /** What other contacts see, such as a display name or an avatar: at most {@link MAX_USER_DATA_BYTES} of JSON. */
  readonly userData?: UserData
}

/** The claims of an access token (RFC 7519 section 4.1, and `grants`). Times are seconds since 1970. */
export interface Claims {
  /** The API key. */
  readonly sub: string
  readonly aud: string | readonly string[]
  readonly iat: number
  readonly exp: number
  readonly nbf?: number
  /** A unique id among the tokens of this API key: a UUID v4. */
  readonly jti: string
  /** Identifies the token that this one was exchanged for, so that a ban covers both. In base64url. */
  readonly subject_token_hash?: string
  readonly grants: Grants
}

declare const verified: unique symbol

/** Claims that a verifier of this package has verified. Nothing else can create them. */
export type VerifiedClaims = Claims & {
  readonly grants: Grants & { readonly apiRTC_UserAgent_Id: string }
  readonly [verified]: true
}
