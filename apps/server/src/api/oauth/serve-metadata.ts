import type { FastifyInstance } from 'fastify'
import type { OAuthDesk } from './desk.ts'

/** How long the metadata may be kept, in seconds. */
export const METADATA_MAX_AGE_SECONDS = 3_600
const CLIENT_AUTHENTICATION = ['client_secret_basic', 'client_secret_post']

/** `GET /.well-known/oauth-authorization-server`: what there is for standard clients, and where (RFC 8414 section 2). */
export function serveMetadata(
  http: FastifyInstance,
  { publicUrl }: Pick<OAuthDesk, 'publicUrl'>,
  { introspection, revocation }: { readonly introspection: string; readonly revocation: string },
): void {
  http.get('/.well-known/oauth-authorization-server', async (_request, reply) => {
    const issuer = publicUrl()
    return reply.header('cache-control', `public, max-age=${METADATA_MAX_AGE_SECONDS}`).send({
      issuer,
      introspection_endpoint: `${issuer}${introspection}`,
      introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
      revocation_endpoint: `${issuer}${revocation}`,
      revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
      // Tokens are minted by the back ends of applications, and none is given out here.
      response_types_supported: [],
      grant_types_supported: [],
    })
  })
}
