import { z } from 'zod'

export const ROLES = ['moderator', 'contributor', 'guest'] as const
export const roleSchema = z.enum(ROLES)
/**
 * What a session is to a conversation.
 * @useDeclaredType
 */
export type Role = z.infer<typeof roleSchema>

export const PUBLICATIONS = ['audio', 'video', 'screen', 'data'] as const
export const publicationSchema = z.enum(PUBLICATIONS)
/**
 * What can be published: three kinds of media, and data, which chat messages are too.
 * @useDeclaredType
 */
export type Publication = z.infer<typeof publicationSchema>

/** What a session may do in one conversation. */
export const permissionsSchema = z.object({
  role: roleSchema,
  publish: z.array(publicationSchema).readonly(),
  subscribe: z.boolean(),
})
/**
 * What a session may do in one conversation.
 * @useDeclaredType
 */
export type Permissions = Readonly<z.infer<typeof permissionsSchema>>
