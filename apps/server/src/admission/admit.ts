import { type ConversationGrant, MAX_TTL_SECONDS, type VerifiedClaims } from '@stagedoor/access-token'
import type { Permissions, UserData } from '@stagedoor/protocol'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import type { Policy } from '../policy/policy.ts'
import { checkPolicy, type PolicyRefusal } from './check-policy.ts'
import type { Credentials, Facts, RegistrationRequest } from './registration-request.ts'

/** What a session is opened with: its user, its expiry and its permissions. */
export interface Admission {
  readonly ok: true
  readonly apiKey: string
  readonly userId: string
  readonly userData: UserData
  /** The admitting token; undefined if the policy requires none. */
  readonly claims: VerifiedClaims | undefined
  /** The key that signed the token. */
  readonly keyId: string | undefined
  readonly origin: string | undefined
  /** When the token was minted and when it expires, in seconds since 1970. */
  readonly issuedAt: number
  readonly expiresAt: number
  /** When the session expires, in seconds since 1970; `undefined` if it outlives its token. */
  readonly closesAt: number | undefined
  /** The conversations that the token names; without it, all of the API key. */
  readonly grants: readonly ConversationGrant[] | undefined
  /** The permissions if the token names no conversations. */
  readonly permissions: Permissions
  /** The limit of frames per second. */
  readonly messagesPerSecond: number
  /** The limit of sessions of its user in one conversation. */
  readonly sessionsPerUserInConversation: number
}

// Shared, because most sessions have none.
const NO_USER_DATA: UserData = Object.freeze({})

/** Admits or refuses according to the API key's policy and revocations. */
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
    // Not the copy from the request, which would stay in memory for each session.
    apiKey: known.apiKey,
    userId: id,
    // User data signed in the token takes precedence over what the client sends.
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

// The policy may have become stricter since the token was verified: then the lifetime is shortened.
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
