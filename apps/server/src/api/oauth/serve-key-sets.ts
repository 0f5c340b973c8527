import type { FastifyInstance } from 'fastify'
import type { OAuthContext } from './oauth-context.ts'

/** How long the public keys of an API key may be kept, in seconds. */
export const KEY_SET_MAX_AGE_SECONDS = 300

/**
 * `GET /keys/{key}/jwks.json`: the public keys that are registered for an API key, as a set (RFC 7517 section 5), for everyone who
 * verifies its tokens too. Where there is no such API key the set is empty, as that of one which has secrets alone.
 */
export function serveKeySets(http: FastifyInstance, { keyring }: Pick<OAuthContext, 'keyring'>): void {
  http.get<{ Params: { key: string } }>('/keys/:key/jwks.json', async ({ params }, reply) =>
    reply
      .type('application/jwk-set+json')
      .header('cache-control', `public, max-age=${KEY_SET_MAX_AGE_SECONDS}`)
      .send(JSON.stringify({ keys: keyring.publicKeysOf(params.key) })),
  )
}
