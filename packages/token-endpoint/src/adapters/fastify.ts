import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TokenEndpoint } from '../create-token-endpoint.ts'
import { requireEndpoint } from '../require-endpoint.ts'
import { answerNodeRequest, closeIfUnread } from './node-request.ts'

interface FastifyRequestLike {
  readonly raw: IncomingMessage
  readonly ip: string
}

interface FastifyReplyLike {
  readonly raw: ServerResponse
  send(answer: Response): unknown
}

interface FastifyLike {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: string,
    parser: (request: unknown, body: unknown, done: (error: null) => void) => void,
  ): void
  all(path: string, handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => unknown): unknown
}

/** The options of the plugin. */
export interface PluginOptions {
  readonly endpoint: TokenEndpoint
  /** Default: `/token`. */
  readonly path?: string
}

/**
 * The endpoint as a Fastify 5 plugin. The plugin does not parse the body, so only the endpoint's own limits apply. The client's address
 * is Fastify's `request.ip`, which follows Fastify's `trustProxy`.
 *
 * @example await app.register(tokenEndpointPlugin, { endpoint, path: '/token' })
 */
export async function tokenEndpointPlugin(
  fastify: FastifyLike,
  { endpoint, path = '/token' }: PluginOptions,
): Promise<void> {
  requireEndpoint(endpoint)
  if (typeof path !== 'string' || !path.startsWith('/')) throw new TypeError('path must begin with "/"')
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', (_request, _body, done) => done(null))
  fastify.all(path, async (request, reply) => {
    closeIfUnread(request.raw, reply.raw)
    return reply.send(await answerNodeRequest(endpoint, request.raw, { address: request.ip }))
  })
}
