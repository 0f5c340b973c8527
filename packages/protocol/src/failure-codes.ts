/** Why a request failed for another reason than permissions. */
export const FAILURE_MESSAGES = {
  message_malformed: 'The gate does not understand the message.',
  message_too_large: 'The message is larger than the limit of 64 KiB.',
  conversation_not_joined: 'Join the conversation first.',
  contact_unknown: 'There is no such contact in the conversation.',
  limit_reached: 'The limit is reached. Close another one first.',
  stream_unknown: 'There is no such stream in the conversation.',
} as const

/**
 * Why a request failed for another reason than permissions.
 * @useDeclaredType
 */
export type FailureCode = keyof typeof FAILURE_MESSAGES

export const FAILURE_CODES = Object.keys(FAILURE_MESSAGES) as [FailureCode, ...FailureCode[]]
