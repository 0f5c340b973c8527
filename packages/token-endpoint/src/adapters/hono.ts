import type { TokenEndpoint } from '../create-token-endpoint.ts'
import type { RequestContext } from '../endpoint-options.ts'
import { requireEndpoint } from '../require-endpoint.ts'

interface HonoContextLike {
  readonly req: { readonly raw: Request }
}

/**
 * The endpoint as a Hono handler, on any runtime that Hono supports.
 *
 * @param addressOf returns the address of a client, which depends on the runtime: use `getConnInfo` of Hono's adapter.
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
