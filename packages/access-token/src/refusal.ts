/** The checks of a verification, in order; the first that fails decides. */
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

/** Why a token is refused. Contains no part of the token that an attacker could choose freely. */
export interface TokenRefusal {
  readonly ok: false
  readonly code: TokenRefusalCode
  /** The check that failed. */
  readonly check: Check
  /** A sentence for the owner of the API key. */
  readonly message: string
  /** Whether the signature is valid. Only then may the sender learn more than that the token is invalid. */
  readonly authentic: boolean
  /** The path of the claim at fault, if any. */
  readonly claim?: string
  /**
   * If a time claim is at fault: its distance from the verifier's clock, in seconds. Positive if the claim is ahead (`iat` or `nbf` in
   * the future), negative if it is behind (`exp` in the past).
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
