import type { VerifiedClaims } from '@stagedoor/access-token'
import type { UserData } from '@stagedoor/protocol'

/** Who asks to be let in, as the first frame and the handshake say. */
export interface Knock {
  readonly apiKey: string
  /** The user id. */
  readonly id: string
  readonly token?: string | undefined
  readonly userData?: UserData | undefined
  /** The origin of the page, where a browser said it. */
  readonly origin?: string | undefined
  /** The network address that it comes from, where that is known. */
  readonly address?: string | undefined
}

/** The token that opened a session: what is revoked of it reaches every later token of the session. */
export interface Lineage {
  readonly tokenId: string
  readonly keyId: string | undefined
}

/** What is known of the house at the time of a knock. */
export interface Facts {
  /** Seconds since 1970. */
  readonly now: number
  /** How many sessions the user has already, beside the one that is judged. */
  readonly liveSessions: number
  /** Whether the token has opened a session already. */
  readonly isUsed: boolean
  /** The token that opened the session, where it is one that is there. */
  readonly lineage?: Lineage | undefined
  /** How long until the user may open one more session, in seconds; nothing where that is now. */
  readonly registrationWaitSeconds?: number | undefined
}

/** What a knock brought along that was verified. */
export interface Credentials {
  readonly claims: VerifiedClaims
  readonly keyId: string | undefined
}
