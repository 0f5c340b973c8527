export { type Ban, banUpTo, MAX_BAN_SECONDS, MAX_MODERATOR_BAN_SECONDS } from './ban.ts'
export {
  type ClientMessage,
  firstMessageSchema,
  type Register,
  type Resume,
  type SessionMessage,
  type SessionMessageOf,
  sessionMessageSchema,
} from './client-messages.ts'
export { CLOSE_CODES, type CloseReason } from './close-codes.ts'
export { type Contact, contactSchema } from './contact.ts'
export { FAILURE_CODES, FAILURE_MESSAGES, type FailureCode } from './failure-codes.ts'
export { joinUrl } from './join-url.ts'
export * from './limits.ts'
export { ANY_USER_AGENT, NAME, PRINTABLE } from './name-patterns.ts'
export {
  apiKeySchema,
  conversationNameSchema,
  type JsonValue,
  type UserData,
  userDataSchema,
  userIdSchema,
} from './names.ts'
export {
  type Permissions,
  PUBLICATIONS,
  type Publication,
  permissionsSchema,
  publicationSchema,
  ROLES,
  type Role,
  roleSchema,
} from './permissions.ts'
export { REFUSAL_CODES, REFUSAL_MESSAGES, type RefusalCode } from './refusal-codes.ts'
export {
  type IceServer,
  iceServerSchema,
  type ServerMessage,
  type ServerMessageOf,
  serverMessageSchema,
} from './server-messages.ts'
export {
  type MediaKind,
  type MediaSection,
  readSessionDescription,
  type SessionDescription,
} from './session-description.ts'
export { type Signal, signalSchema } from './signal.ts'
export { type StreamDescription, type StreamInfo, streamDescriptionSchema, streamInfoSchema } from './stream.ts'
export { GATE_PATH, SUBPROTOCOL } from './wire.ts'
