import { conversationNameSchema, permissionsSchema } from '@stagedoor/protocol'
import { z } from 'zod'

/** The most conversations in one token that is minted here. */
export const MAX_MINTED_GRANTS = 20

// A token cannot contain it: UTF-8 cannot encode half a surrogate pair.
const LONE_SURROGATE = /\p{Surrogate}/u

/** The name of a conversation, or a prefix that ends in `*`. */
export const grantedNameSchema = z
  .union([
    conversationNameSchema,
    z
      .string()
      .max(128)
      .regex(/^[^*\p{Cc}\p{Cs}]*\*$/u)
      .describe('The prefix of names.'),
  ])
  .refine((name) => !LONE_SURROGATE.test(name), 'has half a surrogate pair')

/** What a user can do in the conversations with a name. */
export const conversationGrantSchema = permissionsSchema.extend({ name: grantedNameSchema }).strict()
