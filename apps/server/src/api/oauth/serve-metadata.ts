import type { FastifyInstance } from 'fastify'
import type { OAuthDesk } from './desk.ts'
import { TOKEN_EXCHANGE } from './read-exchange.ts'

/** How long the metadata may be kept, in seconds. */
export const METADATA_MAX_AGE_SECONDS = 3_600
const CLIENT_AUTHENTICATION = ['client_secret_basic', 'client_secret_post']

/** `GET /.well-known/oauth-authorization-server`: what there is for standard clients, and where (RFC 8414 section 2). */
export function serveMetadata(
  http: FastifyInstance,
  { publicUrl }: Pick<OAuthDesk, 'publicUrl'>,
  { token, introspection, revocation }: Readonly<Record<'token' | 'introspection' | 'revocation', string>>,
): void {
  http.get('/.well-known/oauth-authorization-server', async (_request, reply) => {
    const issuer = publicUrl()
    const headers = {
      'cache-control': `public, max-age=${METADATA_MAX_AGE_SECONDS}`,
      // Pages of any origin may read what everybody may.
      'access-control-allow-origin': '*',
    }
    return reply.headers(headers).send({
      issuer,
      token_endpoint: `${issuer}${token}`,
      token_endpoint_auth_methods_supported: ['none'],
      introspection_endpoint: `${issuer}${introspection}`,
      introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
      revocation_endpoint: `${issuer}${revocation}`,
      revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
      // Whoever is asked for a password is asked elsewhere: tokens are exchanged for those of identity providers.
      response_types_supported: [],
      grant_types_supported: [TOKEN_EXCHANGE],
    })
  })
}
