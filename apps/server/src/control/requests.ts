import {
  apiKeySchema,
  banUpTo,
  conversationNameSchema,
  MAX_BAN_SECONDS,
  MAX_MESSAGE_LENGTH,
  permissionsSchema,
  publicationSchema,
  REFUSAL_CODES,
  userIdSchema,
} from '@stagedoor/protocol'
import { z } from 'zod'
import { checkSchema, dryRunChecksSchema } from '../operations/shapes.ts'

/** The maximum number of items in one answer. */
export const MAX_LISTED = 10_000

const limitSchema = z.int().min(1).max(MAX_LISTED)
const codeSchema = z.enum(REFUSAL_CODES)
const timeSchema = z.number()

const refusalSchema = z.object({
  refusalId: z.string(),
  latestRefusalId: z.string(),
  firstAt: timeSchema,
  lastAt: timeSchema,
  count: z.int(),
  apiKey: z.string(),
  userId: z.string(),
  code: codeSchema,
  publicCode: codeSchema,
  message: z.string(),
  checks: z.array(checkSchema).readonly(),
  clockDifferenceSeconds: z.number().optional(),
  address: z.string().optional(),
  origin: z.string().optional(),
  userAgent: z.string().optional(),
  /** The page that explains the code. */
  docs: z.string(),
})

const discardedSchema = z.object({ count: z.int(), firstAt: timeSchema, lastAt: timeSchema })

const sessionSchema = z.object({
  sessionId: z.string(),
  userId: z.string(),
  apiKey: z.string(),
  since: timeSchema,
  until: timeSchema,
  /** The key that signed its token. Undefined if it has no token. */
  keyId: z.string().optional(),
  /** Until when its client can reconnect, if it is disconnected. */
  reconnectUntil: timeSchema.optional(),
  conversations: z.array(z.string()).readonly(),
})

const keyUseSchema = z.object({
  keyId: z.string(),
  /** The number of live sessions that a token signed with it opened, or renewed last. */
  sessions: z.int(),
  lastUsedAt: timeSchema.optional(),
})

/** The name of the operating system user that runs the command. */
const bySchema = z.string().min(1).max(256).optional()

/** Whether it is in the audit log. False if the store cannot be reached. Undefined if nothing was done. */
const isWrittenDownSchema = z.boolean().optional()

/** The outcome of a ban. The session is closed in any case. */
const banOutcomeSchema = z.enum(['banned', 'no_token', 'unavailable'])

const conversationSchema = z.object({ name: z.string(), members: z.int(), streams: z.int() })

const conversationWithMembersSchema = z.object({
  name: z.string(),
  members: z.array(z.object({ sessionId: z.string(), userId: z.string(), role: z.string() })).readonly(),
  streams: z
    .array(
      z.object({
        streamId: z.string(),
        /** The session id of the member that publishes it. */
        publisher: z.string(),
        audio: z.boolean(),
        video: z.boolean(),
        screen: z.boolean(),
        audioMuted: z.boolean(),
        videoMuted: z.boolean(),
        /** The session ids of the members that receive it. */
        subscribers: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
})

/** A conversation of an API key. */
const namedSchema = z.object({ apiKey: apiKeySchema, conversation: conversationNameSchema })

/** How many members a conversation had when it was closed or got a message. */
const reachedSchema = z.object({ members: z.int(), isWrittenDown: isWrittenDownSchema })

const dryRunSchema = z.object({
  ok: z.boolean(),
  sentence: z.string(),
  code: z.string().optional(),
  permissions: permissionsSchema.optional(),
  checks: dryRunChecksSchema,
})

/** The requests to a running server: each is a POST of the body to `/<name>`, and the answer is JSON. */
export const REQUESTS = {
  list_refusals: {
    body: z.object({
      apiKey: z.string().optional(),
      code: codeSchema.optional(),
      userId: z.string().optional(),
      since: timeSchema.optional(),
      until: timeSchema.optional(),
      limit: limitSchema,
    }),
    answer: z.object({
      refusals: z.array(refusalSchema).readonly(),
      total: z.int(),
      /** Refusals that ended before are kept no longer. */
      keptSince: timeSchema,
      /** Those since then that a bound has dropped. */
      discarded: discardedSchema.optional(),
    }),
  },
  show_refusal: {
    body: z.object({ refusalId: z.string() }),
    answer: z.object({ refusal: refusalSchema.nullable() }),
  },
  list_sessions: {
    body: z.object({ apiKey: z.string().optional(), userId: z.string().optional(), limit: limitSchema }),
    answer: z.object({ sessions: z.array(sessionSchema).readonly(), total: z.int() }),
  },
  close_session: {
    body: z.object({ sessionId: z.string(), ban: banUpTo(MAX_BAN_SECONDS).optional(), by: bySchema }),
    answer: z.object({
      session: sessionSchema.nullable(),
      outcome: banOutcomeSchema.optional(),
      isWrittenDown: isWrittenDownSchema,
    }),
  },
  eject_session: {
    body: z.object({
      sessionId: z.string(),
      conversation: conversationNameSchema,
      ban: banUpTo(MAX_BAN_SECONDS).optional(),
      by: bySchema,
    }),
    answer: z.object({
      session: sessionSchema.nullable(),
      /** Whether it was in that conversation. If not, nothing was done. */
      wasIn: z.boolean(),
      outcome: banOutcomeSchema.optional(),
      isWrittenDown: isWrittenDownSchema,
    }),
  },
  list_conversations: {
    body: z.object({ apiKey: apiKeySchema, search: z.string().min(1).max(256).optional(), limit: limitSchema }),
    answer: z.object({ conversations: z.array(conversationSchema).readonly(), total: z.int() }),
  },
  show_conversation: {
    body: namedSchema,
    answer: z.object({ conversation: conversationWithMembersSchema.nullable() }),
  },
  close_conversation: {
    body: namedSchema.extend({ by: bySchema }),
    answer: z.object({ closed: reachedSchema.nullable() }),
  },
  send_message: {
    body: namedSchema.extend({ text: z.string().min(1).max(MAX_MESSAGE_LENGTH), by: bySchema }),
    answer: z.object({ sent: reachedSchema.nullable() }),
  },
  mute_stream: {
    body: namedSchema.extend({
      sessionId: z.string(),
      streamId: z.string(),
      audio: z.boolean(),
      video: z.boolean(),
      by: bySchema,
    }),
    /** Null if the session does not publish such a stream in the conversation. */
    answer: z.object({ muted: z.object({ isWrittenDown: isWrittenDownSchema }).nullable() }),
  },
  list_key_uses: {
    body: z.object({ apiKey: apiKeySchema }),
    answer: z.object({ uses: z.array(keyUseSchema).readonly() }),
  },
  explain: {
    body: z.object({
      apiKey: apiKeySchema.or(z.literal('')),
      id: userIdSchema.or(z.literal('')),
      token: z.string().optional(),
      origin: z.string().optional(),
      conversation: conversationNameSchema.optional(),
      publish: z.array(publicationSchema).readonly(),
    }),
    answer: dryRunSchema,
  },
} as const

export type RequestName = keyof typeof REQUESTS
export type BodyOf<N extends RequestName> = z.infer<(typeof REQUESTS)[N]['body']>
export type AnswerOf<N extends RequestName> = z.infer<(typeof REQUESTS)[N]['answer']>
export type ShownRefusal = z.infer<typeof refusalSchema>
export type ShownSession = z.infer<typeof sessionSchema>
export type ShownConversation = z.infer<typeof conversationSchema>
export type ShownConversationWithMembers = z.infer<typeof conversationWithMembersSchema>
export type ShownOutcome = z.infer<typeof banOutcomeSchema>
