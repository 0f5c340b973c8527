import { ANY_USER_AGENT } from '@stagedoor/access-token'
import type { RefusalCode } from '@stagedoor/protocol'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import { includesOrigin } from '../policy/origin.ts'
import { wholeSeconds } from '../rate-limit/bucket.ts'
import type { Credentials, Facts, Knock } from './registration-request.ts'

/** What the door looks at when the token itself is good, in this order; the first that fails decides. */
export const DOOR_CHECKS = [
  'policy',
  'origin',
  'revocation',
  'single_use',
  'session_limit',
  'registration_rate',
] as const
export type DoorCheck = (typeof DOOR_CHECKS)[number]

/** What is looked at before the token is: whatever a knock brings, looking at it is work. */
export const KNOCK_CHECK = 'knock_rate'

export interface DoorRefusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly check: DoorCheck
  /** What was found, in one sentence without its full stop. */
  readonly message: string
  /** When to try again, where that is of use. */
  readonly retryAfterSeconds?: number | undefined
}

/** Judges a knock by the policy of its API key and by what is revoked. Answers the first refusal, or nothing. */
export function judgeDoor(
  credentials: Credentials | undefined,
  knock: Knock,
  known: KnownApiKey,
  facts: Facts,
): DoorRefusal | undefined {
  return (
    judgePolicy(credentials, known) ??
    judgeOrigin(knock, known) ??
    judgeRevocation(credentials, knock, known, facts) ??
    judgeSingleUse(credentials, known, facts) ??
    judgeSessionLimit(known, facts) ??
    judgeRegistrationRate(known, facts)
  )
}

/** Judges a token by itself, whoever presents it from wherever and however often. Answers the first refusal, or nothing. */
export function judgeToken(credentials: Credentials, known: KnownApiKey, now: number): DoorRefusal | undefined {
  const id = credentials.claims.grants.apiRTC_UserAgent_Id
  return judgePolicy(credentials, known) ?? judgeRevocation(credentials, { id }, known, { now })
}

function judgePolicy(credentials: Credentials | undefined, { policy }: KnownApiKey): DoorRefusal | undefined {
  if (credentials === undefined) {
    return policy.requireToken ? refuse('policy', 'token_missing', 'There is no token') : undefined
  }
  const { apiRTC_UserAgent_Id: granted } = credentials.claims.grants
  if (granted !== ANY_USER_AGENT || policy.allowAnyUser) return undefined
  return refuse('policy', 'wildcard_refused', 'The token is for any user id, and that is not allowed here')
}

function judgeOrigin({ origin }: Knock, { policy: { origins } }: KnownApiKey): DoorRefusal | undefined {
  if (origins === undefined || (origin !== undefined && includesOrigin(origins, origin))) return undefined
  return refuse('origin', 'origin_refused', 'The page is of an origin that the policy does not list')
}

function judgeRevocation(
  credentials: Credentials | undefined,
  { id }: Pick<Knock, 'id'>,
  { revocations }: KnownApiKey,
  { now, lineage }: Pick<Facts, 'now' | 'lineage'>,
): DoorRefusal | undefined {
  if (revocations.isEmpty) return undefined
  if (revocations.isBanned(id, now)) return refuse('revocation', 'user_banned', 'The user is banned until a later time')
  const { claims, keyId } = credentials ?? {}
  const isRevoked = revocations.includes({
    tokenIds: [claims?.jti, ...(lineage?.tokenIds ?? [])].filter((tokenId) => tokenId !== undefined),
    subjectTokens: [claims?.subject_token_hash, ...(lineage?.subjectTokens ?? [])].filter((hash) => hash !== undefined),
    userId: id,
    keyIds: [keyId, ...(lineage?.keyIds ?? [])].filter((name) => name !== undefined),
    // Revocations count whole seconds, as tokens do.
    issuedAt: claims?.iat ?? Math.floor(lineage?.openedAt ?? now),
  })
  return isRevoked
    ? refuse('revocation', 'token_revoked', 'The token was revoked, or its user or its secret')
    : undefined
}

function judgeSingleUse(
  credentials: Credentials | undefined,
  { policy: { singleUse } }: KnownApiKey,
  { isUsed }: Facts,
): DoorRefusal | undefined {
  if (credentials === undefined || !singleUse || !isUsed) return undefined
  return refuse('single_use', 'token_already_used', 'The token has opened a session already')
}

function judgeSessionLimit(
  { policy: { sessionsPerUser } }: KnownApiKey,
  { liveSessions }: Facts,
): DoorRefusal | undefined {
  if (sessionsPerUser === undefined || sessionsPerUser.beyond === 'close_oldest') return undefined
  if (liveSessions < sessionsPerUser.most) return undefined
  return refuse(
    'session_limit',
    'session_limit',
    `The user has ${liveSessions} sessions, and ${sessionsPerUser.most} are allowed`,
  )
}

function judgeRegistrationRate(
  { policy: { rateLimits } }: KnownApiKey,
  { registrationWaitSeconds = 0 }: Facts,
): DoorRefusal | undefined {
  if (registrationWaitSeconds === 0) return undefined
  const message = `More registrations than ${rateLimits.registrationsPerMinute} a minute have come from the user`
  return {
    ...refuse('registration_rate', 'rate_limited', message),
    retryAfterSeconds: wholeSeconds(registrationWaitSeconds),
  }
}

function refuse(check: DoorCheck, code: RefusalCode, message: string): DoorRefusal {
  return { ok: false, code, check, message }
}
