import { z } from 'zod'
import { banUpTo, MAX_MODERATOR_BAN_SECONDS } from './ban.ts'
import { MAX_MESSAGE_LENGTH } from './limits.ts'
import {
  apiKeySchema,
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
})
/**
 * The first message of a client that has no session yet.
 * @useDeclaredType
 */
export type Register = z.infer<typeof registerSchema>

/** The first message of a new connection after one was lost: resumes its session. */
export const resumeSchema = z.object({
  type: z.literal('resume'),
  ref: refSchema,
  /** The ticket from the registration, or from the last resumption. It works once. */
  ticket: z.string().min(1).max(128),
})
/**
 * The first message of a client whose connection was lost.
 * @useDeclaredType
 */
export type Resume = z.infer<typeof resumeSchema>

export const firstMessageSchema = z.discriminatedUnion('type', [registerSchema, resumeSchema])

const ofConversation = { ref: refSchema, conversation: conversationNameSchema }
const ofStream = { ...ofConversation, streamId: streamIdSchema }

/** What a session sends. Each but `signal` is answered under its `ref`. */
export const sessionMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('renew'), ref: refSchema, token: tokenSchema }),
  z.object({ type: z.literal('join'), ...ofConversation }),
  z.object({ type: z.literal('leave'), ...ofConversation }),
  z.object({ type: z.literal('publish'), ...ofConversation, stream: streamDescriptionSchema }),
  z.object({ type: z.literal('mute'), ...ofStream, audioMuted: z.boolean(), videoMuted: z.boolean() }),
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
  z.object({ type: z.literal('send_message'), ...ofConversation, text: z.string().min(1).max(MAX_MESSAGE_LENGTH) }),
  z.object({ type: z.literal('send_data'), ...ofConversation, data: parsedJsonSchema }),
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
