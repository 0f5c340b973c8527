import { z } from 'zod'
import { banUpTo, MAX_MODERATOR_BAN_SECONDS } from './ban.ts'
import { MAX_MESSAGE_LENGTH } from './limits.ts'
import {
  apiKeySchema,
  clientIdSchema,
  conversationNameSchema,
  parsedJsonSchema,
  refSchema,
  sessionIdSchema,
  streamIdSchema,
  userDataSchema,
  userIdSchema,
} from './names.ts'
import { signalSchema } from './signal.ts'
import { streamDescriptionSchema } from './stream.ts'

// A token is only bounded here, by the size of its frame. The registrar verifies it, and says what is wrong with it.
const tokenSchema = z.string()

/** The first message of a socket: opens a session. */
export const registerSchema = z.object({
  type: z.literal('register'),
  ref: refSchema,
  apiKey: apiKeySchema,
  id: userIdSchema,
  token: tokenSchema.optional(),
  /** What other contacts see, where the token itself carries no user data. */
  userData: userDataSchema.optional(),
  /**
   * Names the client, for as long as it runs: random, and known to nobody else. A registration of the same user with the same
   * client id replaces the session that this client had before.
   */
  clientId: clientIdSchema.optional(),
  /** Counts the registrations of the client, so that one that was delayed on its way does not replace a later one. */
  attempt: z.int().min(0).optional(),
})
/**
 * The first message of a client that has no session yet.
 * @useDeclaredType
 */
export type Register = z.infer<typeof registerSchema>

/**
 * The first message of a new connection after one was lost: resumes its session. Both sides have counted what they received, so
 * each sends again what the other has not, and nothing is lost or done twice.
 */
export const resumeSchema = z.object({
  type: z.literal('resume'),
  ref: refSchema,
  /** The ticket from the registration, or from the last resumption. The next one replaces it, once the client has used that. */
  ticket: z.string().min(1).max(128),
  /** How many messages of the session the client has received since `registered`. `resumed` is not counted. */
  received: z.int().min(0),
  /** As in the registration. */
  clientId: clientIdSchema.optional(),
})
/**
 * The first message of a client whose connection was lost.
 * @useDeclaredType
 */
export type Resume = z.infer<typeof resumeSchema>

export const firstMessageSchema = z.discriminatedUnion('type', [registerSchema, resumeSchema])

const ofConversation = { ref: refSchema, conversation: conversationNameSchema }
const ofStream = { ...ofConversation, streamId: streamIdSchema }

// A message that is sent again under its id, in this session or the next, is not delivered twice.
const messageId = clientIdSchema.optional()

/** What a session sends. Each but `signal` is answered under its `ref`. */
export const sessionMessageSchema = z.discriminatedUnion('type', [
  /** Asks whether the gate is there. */
  z.object({ type: z.literal('ping'), ref: refSchema }),
  z.object({ type: z.literal('renew'), ref: refSchema, token: tokenSchema }),
  z.object({ type: z.literal('join'), ...ofConversation }),
  z.object({ type: z.literal('leave'), ...ofConversation }),
  z.object({ type: z.literal('publish'), ...ofConversation, stream: streamDescriptionSchema }),
  z.object({ type: z.literal('mute'), ...ofStream, audioMuted: z.boolean(), videoMuted: z.boolean() }),
  /** Updates the description of a published stream when its tracks have changed. */
  z.object({ type: z.literal('update_stream'), ...ofStream, stream: streamDescriptionSchema }),
  z.object({ type: z.literal('unpublish'), ...ofStream }),
  z.object({ type: z.literal('subscribe'), ...ofStream }),
  z.object({ type: z.literal('unsubscribe'), ...ofStream }),
  /** Of a moderator: ejects another, who may join again; with `ban` its session is closed, and what `ban` says is refused. */
  z.object({
    type: z.literal('eject'),
    ...ofConversation,
    sessionId: sessionIdSchema,
    ban: banUpTo(MAX_MODERATOR_BAN_SECONDS).optional(),
  }),
  z.object({
    type: z.literal('send_message'),
    ...ofConversation,
    text: z.string().min(1).max(MAX_MESSAGE_LENGTH),
    messageId,
  }),
  z.object({ type: z.literal('send_data'), ...ofConversation, data: parsedJsonSchema, messageId }),
  z.object({
    type: z.literal('signal'),
    conversation: conversationNameSchema,
    to: sessionIdSchema,
    signal: signalSchema,
  }),
])
/**
 * What a session sends, by its `type`.
 * @useDeclaredType
 */
export type SessionMessage = z.infer<typeof sessionMessageSchema>
export type SessionMessageOf<T extends SessionMessage['type']> = Extract<SessionMessage, { type: T }>

export type ClientMessage = Register | Resume | SessionMessage
