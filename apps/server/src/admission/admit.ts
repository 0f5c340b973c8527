import { type ConversationGrant, MAX_TTL_SECONDS, type VerifiedClaims } from '@stagedoor/access-token'
import type { Permissions, UserData } from '@stagedoor/protocol'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import type { Policy } from '../policy/policy.ts'
import { checkPolicy, type PolicyRefusal } from './check-policy.ts'
import type { Credentials, Facts, RegistrationRequest } from './registration-request.ts'

/** What a session is opened with: who it is, until when, and what it may do. */
export interface Admission {
  readonly ok: true
  readonly apiKey: string
  readonly userId: string
  readonly userData: UserData
  /** What admitted it; nothing, where the policy asks for no token. */
  readonly claims: VerifiedClaims | undefined
  /** The key that signed the token. */
  readonly keyId: string | undefined
  readonly origin: string | undefined
  /** When the token was minted and when it ends, in seconds since 1970. */
  readonly issuedAt: number
  readonly expiresAt: number
  /** When the session ends by itself, in seconds since 1970; `undefined` where it outlives its token. */
  readonly closesAt: number | undefined
  /** The conversations that the token names; without, every one of the API key. */
  readonly grants: readonly ConversationGrant[] | undefined
  /** What it may do where the token names no conversations. */
  readonly permissions: Permissions
  /** How many frames the session may send a second. */
  readonly messagesPerSecond: number
  /** How many sessions of its user may be in one conversation. */
  readonly sessionsPerUserInConversation: number
}

// Shared, as most sessions have none.
const NO_USER_DATA: UserData = Object.freeze({})

/** Admits or refuses by the policy of the API key and its revocations. */
export function admit(
  credentials: Credentials | undefined,
  request: RegistrationRequest,
  known: KnownApiKey,
  facts: Facts,
): Admission | PolicyRefusal {
  const refusal = checkPolicy(credentials, request, known, facts)
  if (refusal !== undefined) return refusal
  const { id, userData, origin } = request
  const claims = credentials?.claims
  const { issuedAt, expiresAt } = lifeOf(claims, known.policy, facts.now)
  return {
    ok: true,
    // Not the copy of the request, which would stay in memory for each session.
    apiKey: known.apiKey,
    userId: id,
    // What the token has signed goes before what the client says of itself.
    userData: (claims?.grants.userData as UserData | undefined) ?? userData ?? NO_USER_DATA,
    claims,
    keyId: credentials?.keyId,
    origin,
    issuedAt,
    expiresAt,
    closesAt: endOf(expiresAt, known.policy),
    grants: claims?.grants.conversations,
    permissions: known.policy.permissions,
    messagesPerSecond: known.policy.rateLimits.messagesPerSecond,
    sessionsPerUserInConversation: known.policy.sessionsPerUserInConversation,
  }
}

// A policy may have become stricter since the token was verified: then its life is cut.
function lifeOf(
  claims: VerifiedClaims | undefined,
  { maxTtlSeconds }: Policy,
  now: number,
): { readonly issuedAt: number; readonly expiresAt: number } {
  if (claims === undefined) return { issuedAt: now, expiresAt: now + MAX_TTL_SECONDS }
  return { issuedAt: claims.iat, expiresAt: Math.min(claims.exp, claims.iat + maxTtlSeconds) }
}

function endOf(expiresAt: number, { onExpiry }: Policy): number | undefined {
  if (onExpiry === 'keep') return undefined
  return onExpiry === 'disconnect' ? expiresAt : expiresAt + onExpiry.graceSeconds
}
