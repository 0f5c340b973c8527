import { AccessToken, type ConversationGrant, type UserData } from '@stagedoor/access-token'
import type { Policy } from '../policy/policy.ts'
import type { Secret } from './signing-key.ts'

/** The life of a token where nobody says, in seconds; less where the policy does not allow it. */
export const USUAL_TTL_SECONDS = 3_600

export interface TokenWish {
  readonly id: string
  /** Not longer than the policy allows. */
  readonly ttlSeconds: number
  /** Without: what the policy allows. */
  readonly conversations?: readonly ConversationGrant[] | undefined
  readonly userData?: UserData | undefined
  /** Names the token that it is given in exchange for. */
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
