/**
 * With what code the gate closes a socket (RFC 6455 section 7.4), and whether a client may come back by itself: after a
 * refusal or the end of a token it needs a fresh token, after a protocol error it needs a repair.
 */
export const CLOSE_CODES = {
  /** The gate is being stopped or moved. */
  going_away: { code: 1001, willReconnect: true },
  /** A frame that is not text. */
  unsupported_data: { code: 1003, willReconnect: false },
  /** A frame over the limit. */
  frame_too_large: { code: 1009, willReconnect: false },
  /** A fault of the platform, which its log tells. */
  fault: { code: 1011, willReconnect: true },
  /** A frame that is not a message, before there is a session. */
  protocol_error: { code: 4400, willReconnect: false },
  /** The session was refused; the message before says why. */
  refused: { code: 4401, willReconnect: false },
  /** No session was opened in time. */
  registration_timeout: { code: 4408, willReconnect: true },
  /** The token has ended and was not renewed. */
  token_expired: { code: 4410, willReconnect: true },
  /** The session was closed by the owner of the API key. */
  session_closed: { code: 4403, willReconnect: false },
  /** The user opened another session, beyond the limit of the policy. */
  session_replaced: { code: 4405, willReconnect: false },
  /** A moderator, or the owner of the API key, took the session out of a conversation and keeps it out. */
  ejected: { code: 4406, willReconnect: false },
  /** The client reads more slowly than it is sent to. */
  too_slow: { code: 4413, willReconnect: true },
  /** The client went on to send far beyond its limits. */
  flooded: { code: 4429, willReconnect: true },
  /** The client did not answer a ping in time. */
  connection_lost: { code: 4409, willReconnect: true },
} as const

/**
 * Why the gate closes a socket.
 * @useDeclaredType
 */
export type CloseReason = keyof typeof CLOSE_CODES
