import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { oauthErrors } from './oauth-error.ts'

/** The largest form, in bytes: room for the longest token and the longest secret, percent-encoded. */
export const MAX_FORM_BYTES = 16 * 1024

/** What a client sends of a token; what is not known here is passed over (RFC 6749 section 3.2). */
export const tokenFormSchema = z.object({
  token: z.string({ error: 'token is missing' }),
  token_type_hint: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
})

export type TokenForm = z.infer<typeof tokenFormSchema>

/** Lets a part of the HTTP server take forms, and nothing else. */
export function acceptForms(http: FastifyInstance): void {
  http.removeAllContentTypeParsers()
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    async (_request: unknown, body: string) => new URLSearchParams(body),
  )
}

/** @throws {OAuthError} where it is none, or says something twice. */
export function readForm<T>(body: unknown, schema: z.ZodType<T>): T {
  if (!(body instanceof URLSearchParams)) throw oauthErrors.malformed('There is no form')
  if (new Set(body.keys()).size < body.size) throw oauthErrors.malformed('A parameter is there twice')
  // One without a value is as good as none (RFC 6749 section 3.2).
  const reading = schema.safeParse(Object.fromEntries([...body].filter(([, value]) => value !== '')))
  if (reading.success) return reading.data
  throw oauthErrors.malformed(reading.error.issues[0]?.message ?? 'The form cannot be read')
}
