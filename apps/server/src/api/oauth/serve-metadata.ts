import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { basePathOf } from '../../public-url.ts'
import type { OAuthContext } from './oauth-context.ts'
import { TOKEN_EXCHANGE } from './read-exchange.ts'

/** How long the metadata can be cached, in seconds. */
export const METADATA_MAX_AGE_SECONDS = 3_600
const CLIENT_AUTHENTICATION = ['client_secret_basic', 'client_secret_post']

const METADATA_PATH = '/.well-known/oauth-authorization-server'

/**
 * `GET /.well-known/oauth-authorization-server`: the endpoints for standard clients (RFC 8414 section 2). Under a base path, clients look for
 * it at the root of the origin, followed by the base path (section 3.1); it is served there too, for a proxy that forwards this path.
 */
export function serveMetadata(
  http: FastifyInstance,
  { publicUrl }: Pick<OAuthContext, 'publicUrl'>,
  { token, introspection, revocation }: Readonly<Record<'token' | 'introspection' | 'revocation', string>>,
): void {
  const serve = async (_request: FastifyRequest, reply: FastifyReply) => {
    const issuer = publicUrl()
    const headers = {
      'cache-control': `public, max-age=${METADATA_MAX_AGE_SECONDS}`,
      // Pages of any origin can read this public data.
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
      // Users sign in elsewhere; tokens of identity providers are exchanged.
      response_types_supported: [],
      grant_types_supported: [TOKEN_EXCHANGE],
    })
  }
  const basePath = basePathOf(publicUrl())
  http.get(METADATA_PATH, serve)
  if (basePath !== '') http.get(`${METADATA_PATH}${basePath}`, serve)
}
