/** The largest frame before a session exists, in bytes. */
export const MAX_FIRST_FRAME_BYTES = 16 * 1024
/** The largest frame of a session, in bytes, unless it is a `signal`. A larger one is answered with `message_too_large`. */
export const MAX_FRAME_BYTES = 64 * 1024
/**
 * The largest session description, in characters. Sixteen cameras with microphones each way, as Chromium describes them, are
 * 64 media sections in 179,000 characters.
 */
export const MAX_SDP_LENGTH = 240_000
/** The largest frame with a `signal`, in bytes. With a larger one the connection is closed. */
export const MAX_SIGNAL_FRAME_BYTES = 256 * 1024
/** The longest id of a client and of a message, in characters. */
export const MAX_CLIENT_ID_LENGTH = 64
/** How long a socket may stay without a session, in milliseconds. */
export const REGISTRATION_TIMEOUT_MS = 5_000
/** How long a session waits for a client that was lost, in seconds. */
export const RESUME_SECONDS = 20
/** The longest API key and user id, in characters. */
export const MAX_NAME_LENGTH = 256
/** The longest name of a conversation, in characters. */
export const MAX_CONVERSATION_NAME_LENGTH = 128
/** The largest user data of a contact, in bytes of JSON. */
export const MAX_USER_DATA_BYTES = 4_096
/** The longest chat message, in characters. */
export const MAX_MESSAGE_LENGTH = 16_000
/** The longest id that a browser gives a MediaStream, in characters. */
export const MAX_MEDIA_STREAM_ID_LENGTH = 128
/** The most conversations that one session is in at a time. */
export const MAX_CONVERSATIONS_PER_SESSION = 16
/** The most sessions that are in one conversation at a time. */
export const MAX_CONTACTS_PER_CONVERSATION = 200
/** The most streams that one session publishes in one conversation at a time. */
export const MAX_STREAMS_PER_SESSION = 8
/** How deep a frame may be nested, its own object included. */
export const MAX_FRAME_DEPTH = 64
