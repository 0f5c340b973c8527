import { ANY_USER_AGENT } from '@stagedoor/access-token'
import type { RefusalCode } from '@stagedoor/protocol'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import { includesOrigin } from '../policy/origin.ts'
import { wholeSeconds } from '../rate-limit/bucket.ts'
import type { Credentials, Facts, RegistrationRequest } from './registration-request.ts'

/** The checks after the token itself, in this order. The first that fails decides. */
export const POLICY_CHECKS = [
  'policy',
  'origin',
  'revocation',
  'single_use',
  'session_limit',
  'registration_rate',
] as const
export type PolicyCheck = (typeof POLICY_CHECKS)[number]

/** The check before the token is looked at, because verifying costs work whatever an attempt presents. */
export const ATTEMPT_CHECK = 'connection_rate'

export interface PolicyRefusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly check: PolicyCheck
  /** What was found, in one sentence without its full stop. */
  readonly message: string
  /** When to retry, if that helps. */
  readonly retryAfterSeconds?: number | undefined
}

/** Checks a registration request against the policy of its API key and against revocations. Returns the first refusal, if any. */
export function checkPolicy(
  credentials: Credentials | undefined,
  request: RegistrationRequest,
  known: KnownApiKey,
  facts: Facts,
): PolicyRefusal | undefined {
  return (
    checkTokenRequirement(credentials, known) ??
    checkOrigin(request, known) ??
    checkRevocation(credentials, request, known, facts) ??
    checkSingleUse(credentials, known, facts) ??
    checkSessionLimit(known, facts) ??
    checkRegistrationRate(known, facts)
  )
}

/** Checks a token by itself, independent of the client that presents it. Returns the first refusal, if any. */
export function checkToken(credentials: Credentials, known: KnownApiKey, now: number): PolicyRefusal | undefined {
  const id = credentials.claims.grants.apiRTC_UserAgent_Id
  return checkTokenRequirement(credentials, known) ?? checkRevocation(credentials, { id }, known, { now })
}

function checkTokenRequirement(
  credentials: Credentials | undefined,
  { policy }: KnownApiKey,
): PolicyRefusal | undefined {
  if (credentials === undefined) {
    return policy.requireToken ? refuse('policy', 'token_missing', 'A token is required') : undefined
  }
  const { apiRTC_UserAgent_Id: granted } = credentials.claims.grants
  if (granted !== ANY_USER_AGENT || policy.allowAnyUser) return undefined
  return refuse('policy', 'wildcard_refused', 'The token is valid for any user id, which the policy does not allow')
}

function checkOrigin({ origin }: RegistrationRequest, { policy: { origins } }: KnownApiKey): PolicyRefusal | undefined {
  if (origins === undefined || (origin !== undefined && includesOrigin(origins, origin))) return undefined
  return refuse('origin', 'origin_refused', 'The policy does not list the origin of the page')
}

function checkRevocation(
  credentials: Credentials | undefined,
  { id }: Pick<RegistrationRequest, 'id'>,
  { revocations }: KnownApiKey,
  { now, lineage }: Pick<Facts, 'now' | 'lineage'>,
): PolicyRefusal | undefined {
  if (revocations.isEmpty) return undefined
  if (revocations.isBanned(id, now)) return refuse('revocation', 'user_banned', 'The user is banned')
  const { claims, keyId } = credentials ?? {}
  const isRevoked = revocations.includes({
    tokenIds: [claims?.jti, ...(lineage?.tokenIds ?? [])].filter((tokenId) => tokenId !== undefined),
    subjectTokens: [claims?.subject_token_hash, ...(lineage?.subjectTokens ?? [])].filter((hash) => hash !== undefined),
    userId: id,
    keyIds: [keyId, ...(lineage?.keyIds ?? [])].filter((name) => name !== undefined),
    // Revocations are in whole seconds, as tokens are.
    issuedAt: claims?.iat ?? Math.floor(lineage?.openedAt ?? now),
  })
  return isRevoked
    ? refuse('revocation', 'token_revoked', 'The token, its user or its signing key was revoked')
    : undefined
}

function checkSingleUse(
  credentials: Credentials | undefined,
  { policy: { singleUse } }: KnownApiKey,
  { isUsed }: Facts,
): PolicyRefusal | undefined {
  if (credentials === undefined || !singleUse || !isUsed) return undefined
  return refuse('single_use', 'token_already_used', 'The token has already opened a session')
}

function checkSessionLimit(
  { policy: { sessionsPerUser } }: KnownApiKey,
  { liveSessions }: Facts,
): PolicyRefusal | undefined {
  if (sessionsPerUser === undefined || sessionsPerUser.beyond === 'close_oldest') return undefined
  if (liveSessions < sessionsPerUser.most) return undefined
  return refuse(
    'session_limit',
    'session_limit',
    `The user has ${liveSessions} sessions, and at most ${sessionsPerUser.most} are allowed`,
  )
}

function checkRegistrationRate(
  { policy: { rateLimits } }: KnownApiKey,
  { registrationWaitSeconds = 0 }: Facts,
): PolicyRefusal | undefined {
  if (registrationWaitSeconds === 0) return undefined
  const message = `The user has reached the limit of ${rateLimits.registrationsPerMinute} registrations per minute`
  return {
    ...refuse('registration_rate', 'rate_limited', message),
    retryAfterSeconds: wholeSeconds(registrationWaitSeconds),
  }
}

function refuse(check: PolicyCheck, code: RefusalCode, message: string): PolicyRefusal {
  return { ok: false, code, check, message }
}
