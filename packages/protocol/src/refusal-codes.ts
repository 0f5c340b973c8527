/** The reasons why the platform refuses a registration or a request, as messages for users and developers. Each has a page in the documentation. */
export const REFUSAL_MESSAGES = {
  token_missing: 'A token is required. Get one from your application and register again.',
  token_invalid: 'The token is not valid for this API key.',
  token_malformed: 'The token cannot be read.',
  token_too_large: 'The token is larger than 8 KiB.',
  algorithm_refused: 'The token is signed with a different algorithm than its key uses.',
  api_key_unknown: 'The API key does not exist or is disabled, or the token is for another one.',
  key_unknown: 'No signing key of this API key matches the key id in the token.',
  signature_invalid: 'The token was not signed with a signing key of this API key.',
  token_expired: 'The token has expired. Get a new one from your application.',
  token_not_yet_valid: 'The token is not valid yet. Check the clock of the server that minted it.',
  token_lifetime_exceeded: 'The token is valid for longer than this API key allows.',
  audience_mismatch: 'The token is for another audience.',
  user_id_mismatch: 'The token is for a different user id than the one that registers.',
  wildcard_refused: 'The token is for any user id, which this API key does not allow.',
  token_revoked: 'The token has been revoked.',
  user_banned: 'This user is banned.',
  token_already_used: 'The token has already been used, and this API key accepts each token once.',
  resume_refused: 'The session cannot be resumed. Register again with a token.',
  origin_refused: 'This API key does not allow pages of this origin.',
  session_limit: 'This user has too many sessions. Close one and try again.',
  rate_limited: 'Too many requests. Try again later.',
  conversation_not_granted: 'The token does not allow you to join this conversation.',
  permission_not_granted: 'The token does not allow you to do that in this conversation.',
  ejected: 'You were removed from this conversation.',
  unavailable: 'The platform is temporarily unavailable. Try again later.',
} as const

/**
 * Why a registration or a request was refused.
 * @useDeclaredType
 */
export type RefusalCode = keyof typeof REFUSAL_MESSAGES

export const REFUSAL_CODES = Object.keys(REFUSAL_MESSAGES) as [RefusalCode, ...RefusalCode[]]
