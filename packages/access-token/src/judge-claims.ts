import { ANY_USER_AGENT, type Claims, MAX_ISSUED_AHEAD_SECONDS } from './claims.ts'
import { refuse, type TokenRefusal } from './refusal.ts'

/** What a verifier compares claims with. */
export interface Terms {
  readonly apiKey: string | undefined
  readonly audience: string
  readonly clockSkewSeconds: number
  readonly maxTtlSeconds: number
  readonly allowAnyUserAgent: boolean
}

/** Checks authentic claims: audience, times and user. Returns the first refusal, or nothing. */
export function judgeClaims(
  claims: Claims,
  terms: Terms,
  now: number,
  userId: string | undefined,
): TokenRefusal | undefined {
  return (
    judgeApiKey(claims, terms) ??
    judgeAudience(claims, terms) ??
    judgeStart(claims, terms, now) ??
    judgeExpiry(claims, terms, now) ??
    judgeLifetime(claims, terms) ??
    judgeUserId(claims, terms, userId)
  )
}

function judgeApiKey({ sub }: Claims, { apiKey }: Terms): TokenRefusal | undefined {
  if (apiKey === undefined || sub === apiKey) return undefined
  return refuse('api_key', 'api_key_unknown', 'The token is for another API key', { claim: 'sub' })
}

function judgeAudience({ aud }: Claims, { audience }: Terms): TokenRefusal | undefined {
  if (typeof aud === 'string' ? aud === audience : aud.includes(audience)) return undefined
  return refuse('audience', 'audience_mismatch', `The token is for another audience than ${JSON.stringify(audience)}`, {
    claim: 'aud',
  })
}

function judgeStart({ iat, nbf }: Claims, { clockSkewSeconds }: Terms, now: number): TokenRefusal | undefined {
  // A wrong clock may date a token slightly ahead (RFC 7519 section 4.1.6).
  if (iat > now + MAX_ISSUED_AHEAD_SECONDS) {
    const ahead = difference(iat, now)
    return refuse('not_before', 'token_not_yet_valid', `The token was minted by a clock ${ahead} s ahead`, {
      claim: 'iat',
      clockDifferenceSeconds: ahead,
    })
  }
  if (nbf === undefined || nbf <= now + clockSkewSeconds) return undefined
  const ahead = difference(nbf, now)
  return refuse('not_before', 'token_not_yet_valid', `The token is valid in ${ahead} s, not before`, {
    claim: 'nbf',
    clockDifferenceSeconds: ahead,
  })
}

function judgeExpiry({ exp }: Claims, { clockSkewSeconds }: Terms, now: number): TokenRefusal | undefined {
  // `exp` itself is already too late (RFC 7519 section 4.1.4: "on or after").
  if (now < exp + clockSkewSeconds) return undefined
  const ago = difference(now, exp)
  return refuse('expiry', 'token_expired', `The token expired ${ago} s ago`, {
    claim: 'exp',
    clockDifferenceSeconds: -ago,
  })
}

function judgeLifetime({ iat, exp }: Claims, { maxTtlSeconds }: Terms): TokenRefusal | undefined {
  const life = exp - iat
  if (life <= maxTtlSeconds) return undefined
  return refuse(
    'lifetime',
    'token_lifetime_exceeded',
    `The token lives ${life} s, and ${maxTtlSeconds} s are allowed`,
    {
      claim: 'exp',
    },
  )
}

function judgeUserId(
  { grants }: Claims,
  { allowAnyUserAgent }: Terms,
  userId: string | undefined,
): TokenRefusal | undefined {
  const granted = grants.apiRTC_UserAgent_Id
  const claim = 'grants.apiRTC_UserAgent_Id'
  if (granted === undefined) return refuse('user_id', 'user_id_mismatch', 'The token names no user id', { claim })
  if (granted === ANY_USER_AGENT) {
    if (allowAnyUserAgent) return undefined
    return refuse('user_id', 'wildcard_refused', 'The token is for any user id, and that is not allowed here', {
      claim,
    })
  }
  if (userId === undefined || granted === userId) return undefined
  return refuse('user_id', 'user_id_mismatch', 'The token is for another user id', { claim })
}

function difference(later: number, earlier: number): number {
  return Math.round(later - earlier)
}
