import type { VerifiedClaims } from '@stagedoor/access-token'
import type { UserData } from '@stagedoor/protocol'

/** A client asking to be admitted, according to its first frame and handshake. */
export interface RegistrationRequest {
  readonly apiKey: string
  /** The user id. */
  readonly id: string
  readonly token?: string | undefined
  readonly userData?: UserData | undefined
  /** The instance id that the client chose. */
  readonly clientId?: string | undefined
  /** The origin of the page, if a browser sent it. */
  readonly origin?: string | undefined
  /** The client's network address, if known. */
  readonly address?: string | undefined
}

/** Every token that a session has presented, as far as remembered: if one of them is revoked, the session ends. */
export interface Lineage {
  readonly tokenIds: readonly string[]
  /** The hashes of the tokens for which they were exchanged. */
  readonly subjectTokens: readonly string[]
  /** The keys that signed them. */
  readonly keyIds: readonly (string | undefined)[]
  /** When the session was opened, in seconds since 1970. Without a token, revocations are compared with this time. */
  readonly openedAt: number
}

/** The live facts at the time of a registration attempt. */
export interface Facts {
  /** Seconds since 1970. */
  readonly now: number
  /** How many other sessions the user has. */
  readonly liveSessions: number
  /** Whether the token has already opened a session. */
  readonly isUsed: boolean
  /** The tokens of the session, if it is already open. */
  readonly lineage?: Lineage | undefined
  /** How long until the user can open another session, in seconds; undefined if that is now. */
  readonly registrationWaitSeconds?: number | undefined
}

/** The verified part of a registration request. */
export interface Credentials {
  readonly claims: VerifiedClaims
  readonly keyId: string | undefined
}
