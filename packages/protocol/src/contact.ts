import { z } from 'zod'
import { sessionIdSchema, userDataSchema } from './names.ts'
import { roleSchema } from './permissions.ts'

/** A session in a conversation as the others see it. One user may be there with several sessions. */
export const contactSchema = z.object({
  sessionId: sessionIdSchema,
  /** The user id. */
  id: z.string(),
  role: roleSchema,
  userData: userDataSchema,
})
/**
 * A session in a conversation as the others see it.
 * @useDeclaredType
 */
export type Contact = Readonly<z.infer<typeof contactSchema>>
