import type { ServerResponse } from 'node:http'
import type { TokenEndpoint } from '../create-token-endpoint.ts'
import { requireEndpoint } from '../require-endpoint.ts'
import { answerNodeRequest, closeIfUnread, type NodeRequest } from './node-request.ts'

interface KoaContextLike {
  readonly req: NodeRequest
  readonly res: ServerResponse
  readonly ip: string
  /** The body, if a body parser has set it. */
  readonly request: { readonly body?: unknown }
  status: number
  body: unknown
  set(name: string, value: string): void
}

/**
 * The endpoint as a Koa middleware, to mount in a router. The client's address is Koa's `ctx.ip`, which follows Koa's `proxy` setting.
 *
 * @example router.all('/token', toKoaMiddleware(endpoint))
 */
export function toKoaMiddleware(endpoint: TokenEndpoint): (context: KoaContextLike) => Promise<void> {
  requireEndpoint(endpoint)
  return async (context) => {
    const { body } = context.request
    const request = body === undefined ? context.req : Object.assign(context.req, { body })
    closeIfUnread(context.req, context.res)
    const answer = await answerNodeRequest(endpoint, request, { address: context.ip })
    context.status = answer.status
    for (const [name, value] of answer.headers) context.set(name, value)
    context.body = answer.status === 204 ? null : await answer.text()
  }
}
