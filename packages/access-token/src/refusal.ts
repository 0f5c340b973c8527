/** The checks of a verification, in the order in which they are made; the first that fails decides. */
export const CHECKS = [
  'present',
  'size',
  'form',
  'header',
  'key',
  'algorithm',
  'signature',
  'claims',
  'api_key',
  'audience',
  'not_before',
  'expiry',
  'lifetime',
  'user_id',
] as const
export type Check = (typeof CHECKS)[number]

export type TokenRefusalCode =
  | 'token_missing'
  | 'token_too_large'
  | 'token_malformed'
  | 'algorithm_refused'
  | 'key_unknown'
  | 'signature_invalid'
  | 'api_key_unknown'
  | 'audience_mismatch'
  | 'token_not_yet_valid'
  | 'token_expired'
  | 'token_lifetime_exceeded'
  | 'user_id_mismatch'
  | 'wildcard_refused'

/** Why a token is refused. Holds no part of the token that a stranger could choose freely. */
export interface TokenRefusal {
  readonly ok: false
  readonly code: TokenRefusalCode
  /** The check that failed. */
  readonly check: Check
  /** One sentence for the owner of the API key. */
  readonly message: string
  /** Whether the signature held: only then may the one who sent the token learn more than that it is invalid. */
  readonly authentic: boolean
  /** Where a claim is at fault: which, as a path. */
  readonly claim?: string
  /**
   * Where a time claim is at fault: by how many seconds the claim misses the verifier's clock. Positive where the token
   * is ahead (`iat` or `nbf` in the future), negative where it is behind (`exp` in the past).
   */
  readonly clockDifferenceSeconds?: number
}

const SIGNATURE = CHECKS.indexOf('signature')

export function refuse(
  check: Check,
  code: TokenRefusalCode,
  message: string,
  { claim, clockDifferenceSeconds }: Pick<TokenRefusal, 'claim' | 'clockDifferenceSeconds'> = {},
): TokenRefusal {
  return {
    ok: false,
    code,
    check,
    message,
    authentic: CHECKS.indexOf(check) > SIGNATURE,
    ...(claim !== undefined && { claim }),
    ...(clockDifferenceSeconds !== undefined && { clockDifferenceSeconds }),
  }
}
