import { z } from 'zod'
import {
  MAX_CLIENT_ID_LENGTH,
  MAX_CONVERSATION_NAME_LENGTH,
  MAX_MEDIA_STREAM_ID_LENGTH,
  MAX_NAME_LENGTH,
  MAX_USER_DATA_BYTES,
} from './limits.ts'
import { ANY_USER_AGENT, NAME } from './name-patterns.ts'

export const apiKeySchema = z.string().min(1).max(MAX_NAME_LENGTH).regex(NAME)

export const userIdSchema = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .regex(NAME)
  .refine((id) => id !== ANY_USER_AGENT, `"${ANY_USER_AGENT}" cannot be the id of a user`)

/** The name of a conversation. `*` is kept for the prefixes of grants. */
export const conversationNameSchema = z
  .string()
  .min(1)
  .max(MAX_CONVERSATION_NAME_LENGTH)
  .regex(NAME)
  .refine((name) => !name.includes('*'), '"*" cannot be part of the name of a conversation')

/** Identifies a request, so that its answer can be matched. Counted up by the client. */
export const refSchema = z.int().min(0)

/** Chosen by the client: names itself, or one of its messages. */
export const clientIdSchema = z.string().min(1).max(MAX_CLIENT_ID_LENGTH)

export const sessionIdSchema = z.string().min(1).max(64)
export const streamIdSchema = z.string().min(1).max(64)
export const mediaStreamIdSchema = z.string().min(1).max(MAX_MEDIA_STREAM_ID_LENGTH)

/** A value of JSON. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue }

/** Any value that JSON was parsed to: to walk through it again would cost more than to parse it. */
export const parsedJsonSchema = z.custom<JsonValue>((value) => value !== undefined)

export const userDataSchema = z
  .record(z.string(), parsedJsonSchema)
  .refine(
    (data) => new TextEncoder().encode(JSON.stringify(data)).length <= MAX_USER_DATA_BYTES,
    `user data is at most ${MAX_USER_DATA_BYTES} bytes of JSON`,
  )
/**
 * What other contacts see of a user: JSON.
 * @useDeclaredType
 */
export type UserData = z.infer<typeof userDataSchema>
