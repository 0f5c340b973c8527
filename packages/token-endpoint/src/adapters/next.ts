import type { TokenEndpoint } from '../create-token-endpoint.ts'
import { requireEndpoint } from '../require-endpoint.ts'

type RouteHandler = (request: Request) => Promise<Response>

/**
 * The endpoint as the handlers of a route of Next.js (`app/token/route.ts`). Next.js answers other methods itself.
 *
 * @example export const { POST, OPTIONS } = toRouteHandlers(endpoint)
 */
export function toRouteHandlers(endpoint: TokenEndpoint): {
  readonly POST: RouteHandler
  readonly OPTIONS: RouteHandler
} {
  requireEndpoint(endpoint)
  // Next.js gives a second argument of its own, which is no context of ours.
  const handler: RouteHandler = (request) => endpoint(request)
  return { POST: handler, OPTIONS: handler }
}
