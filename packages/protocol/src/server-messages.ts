import { z } from 'zod'
import { contactSchema } from './contact.ts'
import { FAILURE_CODES } from './failure-codes.ts'
import {
  conversationNameSchema,
  parsedJsonSchema,
  refSchema,
  sessionIdSchema,
  streamIdSchema,
  userIdSchema,
} from './names.ts'
import { permissionsSchema } from './permissions.ts'
import { REFUSAL_CODES } from './refusal-codes.ts'
import { signalSchema } from './signal.ts'
import { streamInfoSchema } from './stream.ts'

/** Seconds since 1970, by the server's clock. */
const timeSchema = z.number()

/** A STUN or TURN server as `RTCPeerConnection` takes it. */
export const iceServerSchema = z.object({
  urls: z.union([z.string(), z.array(z.string())]),
  username: z.string().optional(),
  credential: z.string().optional(),
})
/**
 * A STUN or TURN server as `RTCPeerConnection` takes it.
 * @useDeclaredType
 */
export type IceServer = z.infer<typeof iceServerSchema>

const ofConversation = { conversation: conversationNameSchema }
const answer = { ref: refSchema }

/** What the gate sends: answers, which bear the `ref` of the request, and events, which bear none. */
export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('registered'),
    ...answer,
    sessionId: sessionIdSchema,
    id: userIdSchema,
    expiresAt: timeSchema,
    serverTime: timeSchema,
    iceServers: z.array(iceServerSchema),
    /** Resumes the session after a lost connection. */
    resume: z.string(),
  }),
  z.object({
    type: z.literal('resumed'),
    ...answer,
    /** How many frames of the session the gate has received since `register`. `resume` is not counted. */
    received: z.int(),
    expiresAt: timeSchema,
    serverTime: timeSchema,
    resume: z.string(),
  }),
  z.object({
    type: z.literal('refused'),
    ...answer,
    code: z.enum(REFUSAL_CODES),
    message: z.string(),
    /** Under which the owner of the API key finds the whole reason. */
    refusalId: z.string(),
    serverTime: timeSchema,
    /** The page that explains the code. */
    docs: z.string(),
    /** How long to wait before trying again, where it was too much at once. */
    retryAfterSeconds: z.int().min(1).optional(),
  }),
  z.object({ type: z.literal('failed'), ...answer, code: z.enum(FAILURE_CODES), message: z.string() }),
  z.object({ type: z.literal('done'), ...answer }),
  z.object({
    type: z.literal('renewed'),
    ...answer,
    expiresAt: timeSchema,
    serverTime: timeSchema,
    /** Those of before, with credentials for the life that the session has now. */
    iceServers: z.array(iceServerSchema),
  }),
  z.object({
    type: z.literal('joined'),
    ...answer,
    ...ofConversation,
    permissions: permissionsSchema,
    /** The others. */
    contacts: z.array(contactSchema),
    /** The others' streams. */
    streams: z.array(streamInfoSchema),
  }),
  z.object({ type: z.literal('published'), ...answer, ...ofConversation, streamId: streamIdSchema }),

  /** Sent 60 s before the token ends, or a tenth of its life where that is less. */
  z.object({ type: z.literal('token_expiring'), expiresAt: timeSchema, serverTime: timeSchema }),
  /** A renewal has changed what the session may do in the conversation. */
  z.object({ type: z.literal('permissions_changed'), ...ofConversation, permissions: permissionsSchema }),
  /** The session is in the conversation no longer. */
  z.object({ type: z.literal('removed'), ...ofConversation, code: z.enum(REFUSAL_CODES) }),
  z.object({ type: z.literal('contact_joined'), ...ofConversation, contact: contactSchema }),
  /** The role or the user data of another member have changed. */
  z.object({ type: z.literal('contact_updated'), ...ofConversation, contact: contactSchema }),
  z.object({ type: z.literal('contact_left'), ...ofConversation, sessionId: sessionIdSchema }),
  z.object({ type: z.literal('stream_added'), ...ofConversation, stream: streamInfoSchema }),
  z.object({ type: z.literal('stream_updated'), ...ofConversation, stream: streamInfoSchema }),
  /** Also sent to the publisher itself, where it may not publish the stream any more. */
  z.object({ type: z.literal('stream_removed'), ...ofConversation, streamId: streamIdSchema }),
  /** To the publisher: send this stream to that session, or do so no longer. */
  z.object({ type: z.literal('subscribed'), ...ofConversation, streamId: streamIdSchema, subscriber: sessionIdSchema }),
  z.object({
    type: z.literal('unsubscribed'),
    ...ofConversation,
    streamId: streamIdSchema,
    subscriber: sessionIdSchema,
  }),
  z.object({ type: z.literal('signal'), ...ofConversation, from: sessionIdSchema, signal: signalSchema }),
  z.object({
    type: z.literal('message'),
    ...ofConversation,
    from: sessionIdSchema,
    text: z.string(),
    sentAt: timeSchema,
  }),
  /** Said by those who look after the platform, to every member. */
  z.object({ type: z.literal('announcement'), ...ofConversation, text: z.string(), sentAt: timeSchema }),
  /** To the publisher: the application asks it to mute this stream. The other members have been notified. */
  z.object({
    type: z.literal('silenced'),
    ...ofConversation,
    streamId: streamIdSchema,
    audio: z.boolean(),
    video: z.boolean(),
  }),
  z.object({
    type: z.literal('data'),
    ...ofConversation,
    from: sessionIdSchema,
    data: parsedJsonSchema,
    sentAt: timeSchema,
  }),
])
/**
 * What the gate sends, by its `type`.
 * @useDeclaredType
 */
export type ServerMessage = z.infer<typeof serverMessageSchema>
export type ServerMessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>
