import type { FastifyInstance, FastifyRequest } from 'fastify'
import { authenticateClient } from './authenticate-client.ts'
import type { OAuthDesk } from './desk.ts'
import { readForm, takeForms } from './form.ts'
import { introspect } from './introspect.ts'
import { answerOAuthErrors } from './oauth-error.ts'
import { revokeToken } from './revoke-token.ts'
import { serveKeySets } from './serve-key-sets.ts'
import { serveMetadata } from './serve-metadata.ts'

/** Where clients ask about a token, and where they revoke one. */
export const OAUTH_PATHS = { introspection: '/oauth/introspect', revocation: '/oauth/revoke' } as const

/** The endpoints for standard clients of OAuth 2.0, whose client is an API key with one of its secrets. */
export async function serveOAuth(http: FastifyInstance, desk: OAuthDesk): Promise<void> {
  serveKeySets(http, desk)
  serveMetadata(http, desk, OAUTH_PATHS)
  await http.register(async (forms) => {
    takeForms(forms)
    answerOAuthErrors(forms, desk.log)

    async function read(request: FastifyRequest) {
      const form = readForm(request.body)
      return { token: form.token, client: await authenticateClient(desk, request, form) }
    }

    forms.post(OAUTH_PATHS.introspection, async (request, reply) => {
      const { token, client } = await read(request)
      return reply.header('cache-control', 'no-store').send(await introspect(desk, client, token))
    })

    forms.post(OAUTH_PATHS.revocation, async (request, reply) => {
      const { token, client } = await read(request)
      await revokeToken(desk, client, token, request.ip)
      return reply.header('cache-control', 'no-store').send({})
    })
  })
}
