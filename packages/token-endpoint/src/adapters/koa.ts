import type { TokenEndpoint } from '../create-token-endpoint.ts'
import { type NodeRequest, toRequest } from './node.ts'

interface KoaContextLike {
  readonly req: NodeRequest
  readonly ip: string
  /** Where a body parser has put it. */
  readonly request: { readonly body?: unknown }
  status: number
  body: unknown
  set(name: string, value: string): void
}

/**
 * The endpoint as a middleware of Koa, mounted where a router says. The address is Koa's, which knows whether it trusts a
 * proxy.
 *
 * @example router.all('/token', toKoaMiddleware(endpoint))
 */
export function toKoaMiddleware(endpoint: TokenEndpoint): (context: KoaContextLike) => Promise<void> {
  return async (context) => {
    const { body } = context.request
    const request = body === undefined ? context.req : Object.assign(context.req, { body })
    const answer = await endpoint(toRequest(request), { address: context.ip })
    context.status = answer.status
    for (const [name, value] of answer.headers) context.set(name, value)
    context.body = answer.status === 204 ? null : await answer.text()
  }
}
