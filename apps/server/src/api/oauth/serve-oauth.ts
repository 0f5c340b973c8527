import type { FastifyInstance, FastifyRequest } from 'fastify'
import { authenticateClient } from './authenticate-client.ts'
import { acceptForms, readForm, tokenFormSchema } from './form.ts'
import { introspect } from './introspect.ts'
import type { OAuthContext } from './oauth-context.ts'
import { answerOAuthErrors } from './oauth-error.ts'
import { revokeToken } from './revoke-token.ts'
import { serveMetadata } from './serve-metadata.ts'
import { serveTokenExchange } from './serve-token-exchange.ts'

/** How long the public keys of an API key can be cached, in seconds. */
export const KEY_SET_MAX_AGE_SECONDS = 300

/** The endpoints to exchange, introspect and revoke tokens. */
export const OAUTH_PATHS = {
  token: '/oauth/token',
  introspection: '/oauth/introspect',
  revocation: '/oauth/revoke',
} as const

/**
 * The endpoints for OAuth 2.0 clients. A client is an API key with one of its secrets; token exchange is for public clients, which have
 * none.
 */
export async function serveOAuth(http: FastifyInstance, context: OAuthContext): Promise<void> {
  serveKeySets(http, context)
  serveMetadata(http, context, OAUTH_PATHS)
  await http.register(async (forms) => {
    acceptForms(forms)
    answerOAuthErrors(forms, context.log)

    serveTokenExchange(forms, context, OAUTH_PATHS.token)

    async function read(request: FastifyRequest) {
      const form = readForm(request.body, tokenFormSchema)
      return { token: form.token, client: await authenticateClient(context, request, form) }
    }

    forms.post(OAUTH_PATHS.introspection, async (request, reply) => {
      const { token, client } = await read(request)
      return reply.header('cache-control', 'no-store').send(await introspect(context, client, token))
    })

    forms.post(OAUTH_PATHS.revocation, async (request, reply) => {
      const { token, client } = await read(request)
      await revokeToken(context, client, token, request.ip)
      return reply.header('cache-control', 'no-store').send({})
    })
  })
}

/**
 * `GET /keys/{key}/jwks.json`: the registered public keys of an API key, as a set (RFC 7517 section 5), for others that verify its tokens. For
 * an unknown API key, or one with secrets only, the set is empty.
 */
function serveKeySets(http: FastifyInstance, { keyring }: Pick<OAuthContext, 'keyring'>): void {
  http.get<{ Params: { key: string } }>('/keys/:key/jwks.json', async ({ params }, reply) =>
    reply
      .type('application/jwk-set+json')
      .header('cache-control', `public, max-age=${KEY_SET_MAX_AGE_SECONDS}`)
      .send(JSON.stringify({ keys: keyring.publicKeysOf(params.key) })),
  )
}
