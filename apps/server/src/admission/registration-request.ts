import type { VerifiedClaims } from '@stagedoor/access-token'
import type { UserData } from '@stagedoor/protocol'

/** A client asking to be admitted, according to its first frame and handshake. */
export interface RegistrationRequest {
  readonly apiKey: string
  /** The user id. */
  readonly id: string
  readonly token?: string | undefined
  readonly userData?: UserData | undefined
  /** The id that the client gave itself. */
  readonly clientId?: string | undefined
  /** The origin of the page, where a browser said it. */
  readonly origin?: string | undefined
  /** The network address that it comes from, where that is known. */
  readonly address?: string | undefined
}

/** Every token that a session has presented, as far as it is remembered: what is revoked of one of them ends the session. */
export interface Lineage {
  readonly tokenIds: readonly string[]
  /** The hashes of the tokens that they were exchanged for. */
  readonly subjectTokens: readonly string[]
  /** The keys that signed them. */
  readonly keyIds: readonly (string | undefined)[]
  /** When the session was opened, in seconds since 1970: where no token was needed, that is what a revocation is held against. */
  readonly openedAt: number
}

/** The live facts at the time of a registration attempt. */
export interface Facts {
  /** Seconds since 1970. */
  readonly now: number
  /** How many sessions the user has already, beside the one that is judged. */
  readonly liveSessions: number
  /** Whether the token has opened a session already. */
  readonly isUsed: boolean
  /** The tokens of the session, where it is one that is there. */
  readonly lineage?: Lineage | undefined
  /** How long until the user may open one more session, in seconds; nothing where that is now. */
  readonly registrationWaitSeconds?: number | undefined
}

/** The verified part of a registration request. */
export interface Credentials {
  readonly claims: VerifiedClaims
  readonly keyId: string | undefined
}
