import type { TokenEndpoint } from '../create-token-endpoint.ts'
import type { RequestContext } from '../endpoint-options.ts'
import { requireEndpoint } from '../require-endpoint.ts'

interface HonoContextLike {
  readonly req: { readonly raw: Request }
}

/**
 * The endpoint as a handler of Hono, on whatever Hono runs.
 *
 * @param addressOf where a request came from, which each runtime says in its own way: `getConnInfo` of Hono's adapters.
 *
 * @example app.all('/token', toHonoHandler(endpoint))
 */
export function toHonoHandler<Context extends HonoContextLike>(
  endpoint: TokenEndpoint,
  addressOf: (context: Context) => RequestContext['address'] = () => undefined,
): (context: Context) => Promise<Response> {
  requireEndpoint(endpoint)
  return (context) => endpoint(context.req.raw, { address: addressOf(context) })
}
