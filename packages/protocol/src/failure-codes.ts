/** Why a request of a session was not carried out, where no permission is at fault. */
export const FAILURE_MESSAGES = {
  message_malformed: 'The message is not one that the gate understands.',
  conversation_not_joined: 'Join the conversation first.',
  contact_unknown: 'There is no such contact in the conversation.',
  limit_reached: 'There are as many of these as there can be. End another one first.',
  stream_unknown: 'There is no such stream in the conversation.',
} as const

/**
 * Why a request was not carried out, where no permission is at fault.
 * @useDeclaredType
 */
export type FailureCode = keyof typeof FAILURE_MESSAGES

export const FAILURE_CODES = Object.keys(FAILURE_MESSAGES) as [FailureCode, ...FailureCode[]]
