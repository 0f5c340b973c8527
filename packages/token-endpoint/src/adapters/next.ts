import type { TokenEndpoint } from '../create-token-endpoint.ts'
import { requireEndpoint } from '../require-endpoint.ts'

type RouteHandler = (request: Request) => Promise<Response>

/**
 * The endpoint as the handlers of a Next.js route (`app/token/route.ts`). Next.js responds to other methods itself.
 *
 * @example export const { POST, OPTIONS } = toRouteHandlers(endpoint)
 */
export function toRouteHandlers(endpoint: TokenEndpoint): {
  readonly POST: RouteHandler
  readonly OPTIONS: RouteHandler
} {
  requireEndpoint(endpoint)
  // Next.js passes a second argument that is not our context.
  const handler: RouteHandler = (request) => endpoint(request)
  return { POST: handler, OPTIONS: handler }
}
