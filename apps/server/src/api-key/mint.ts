import { AccessToken, type ConversationGrant, type UserData } from '@stagedoor/access-token'
import type { Policy } from '../policy/policy.ts'
import type { Secret } from './signing-key.ts'

/** The default lifetime of a token, in seconds; shorter if the policy requires it. */
export const USUAL_TTL_SECONDS = 3_600

export interface TokenWish {
  readonly id: string
  /** At most as long as the policy allows. */
  readonly ttlSeconds: number
  /** Default: as the policy allows. */
  readonly conversations?: readonly ConversationGrant[] | undefined
  readonly userData?: UserData | undefined
  /** Identifies the token that it was exchanged for. */
  readonly subjectTokenHash?: string | undefined
}

/**
 * Mints an access token for one user, signed with a secret of the API key.
 *
 * @throws {RangeError} if it is longer than the platform accepts.
 */
export function mint(
  { audience }: Pick<Policy, 'audience'>,
  { apiKey, secret, keyId, algorithm }: Secret,
  { id, ttlSeconds, conversations, userData, subjectTokenHash }: TokenWish,
): string {
  return new AccessToken(apiKey, secret, {
    apiRTC_UserAgent_Id: id,
    audience,
    algorithm,
    keyId,
    ttl: ttlSeconds,
    ...(conversations && { conversations }),
    ...(userData && { userData }),
    ...(subjectTokenHash && { subjectTokenHash }),
  }).toJwt()
}
