/**
 * Every reason for which the door or a conversation refuses, in the words that a user or a developer may read. Each has a
 * page of its own in the documentation.
 */
export const REFUSAL_MESSAGES = {
  token_missing: 'A token is required. Ask your application for one and register again.',
  token_invalid: 'The token is not valid for this API key.',
  token_malformed: 'This is not a token that can be read.',
  token_too_large: 'The token is larger than 8 KiB.',
  algorithm_refused: 'The token is signed with another algorithm than its key has.',
  api_key_unknown: 'There is no such API key, or the token is for another one.',
  key_unknown: 'The token names a key that this API key does not have.',
  signature_invalid: 'The token was not signed with a secret of this API key.',
  token_expired: 'The token has expired. Ask your application for a fresh one.',
  token_not_yet_valid: 'The token is not valid yet. Check the clock of the server that minted it.',
  token_lifetime_exceeded: 'The token lives longer than this API key allows.',
  audience_mismatch: 'The token is for another audience.',
  user_id_mismatch: 'The token is for another user id than the one that registers.',
  wildcard_refused: 'The token is for any user id, and this API key does not allow that.',
  token_revoked: 'The token has been revoked.',
  user_banned: 'This user is banned for now.',
  token_already_used: 'The token has been used already, and this API key admits each token once.',
  resume_refused: 'The session cannot be resumed. Register again with a token.',
  origin_refused: 'This API key does not admit pages of this origin.',
  session_limit: 'This user has too many sessions. Close another one first.',
  rate_limited: 'That was too much at once. Try again in a while.',
  conversation_not_granted: 'The token does not let you into this conversation.',
  permission_not_granted: 'The token does not let you do that in this conversation.',
  ejected: 'You were taken out of this conversation. Whoever did so may tell you why.',
  unavailable: 'The platform cannot answer now. Try again in a while.',
} as const

/**
 * Why somebody was refused: each has a page of its own.
 * @useDeclaredType
 */
export type RefusalCode = keyof typeof REFUSAL_MESSAGES

export const REFUSAL_CODES = Object.keys(REFUSAL_MESSAGES) as [RefusalCode, ...RefusalCode[]]
