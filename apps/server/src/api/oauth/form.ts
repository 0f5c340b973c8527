import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { oauthErrors } from './oauth-error.ts'

/** The largest form, in bytes: enough for the longest token and the longest secret, percent-encoded. */
export const MAX_FORM_BYTES = 16 * 1024

/** The parameters about a token; unknown ones are ignored (RFC 6749 section 3.2). */
export const tokenFormSchema = z.object({
  token: z.string({ error: 'token is missing' }),
  token_type_hint: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
})

export type TokenForm = z.infer<typeof tokenFormSchema>

/** Makes a part of the HTTP server accept only forms. */
export function acceptForms(http: FastifyInstance): void {
  http.removeAllContentTypeParsers()
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    async (_request: unknown, body: string) => new URLSearchParams(body),
  )
}

/** @throws {OAuthError} if it is not a form, or has a parameter twice. */
export function readForm<T>(body: unknown, schema: z.ZodType<T>): T {
  if (!(body instanceof URLSearchParams)) throw oauthErrors.malformed('There is no form')
  if (new Set(body.keys()).size < body.size) throw oauthErrors.malformed('A parameter is there twice')
  // A parameter without a value counts as absent (RFC 6749 section 3.2).
  const reading = schema.safeParse(Object.fromEntries([...body].filter(([, value]) => value !== '')))
  if (reading.success) return reading.data
  throw oauthErrors.malformed(reading.error.issues[0]?.message ?? 'The form cannot be read')
}
