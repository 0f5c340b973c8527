import { conversationNameSchema, permissionsSchema } from '@stagedoor/protocol'
import { z } from 'zod'

/** The most conversations that one token names which is minted here. */
export const MAX_MINTED_GRANTS = 20

// A token cannot say it: UTF-8 has no half of a pair.
const LONE_SURROGATE = /\p{Surrogate}/u

/** The name of a conversation, or the prefix of names that ends in `*`. */
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

/** What a token may do in the conversations of a name. */
export const conversationGrantSchema = permissionsSchema.extend({ name: grantedNameSchema }).strict()
