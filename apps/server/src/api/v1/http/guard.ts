import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { type Caller, may, roleFor } from '../../../account/caller.ts'
import type { Right } from '../../../account/role.ts'
import type { ApiContext } from './api-context.ts'
import { authenticate } from './authenticate.ts'
import { faults } from './problem-error.ts'

/**
 * Who can use a route: `everybody`, even without an account; `anybody` with an account, for their own data; a `login`, for what a personal
 * access token must not change because the change could outlast or widen it; or callers with a permission, for the API key in the path or
 * else for the platform.
 */
export type Guard = 'everybody' | 'anybody' | 'login' | Right

declare module 'fastify' {
  interface FastifyContextConfig {
    guard?: Guard
  }
  interface FastifyRequest {
    caller: Caller | null
  }
}

/** Refuses callers that a route's guard does not admit; a route without a guard cannot be registered. */
export function guardRoutes(http: FastifyInstance, context: ApiContext): void {
  http.decorateRequest('caller', null)
  http.addHook('onRoute', ({ method, url, config }: RouteOptions) => {
    if (config?.guard === undefined) throw new Error(`${String(method)} ${url} has no guard`)
  })
  // Before the body is read: unauthenticated bodies are never read.
  http.addHook('onRequest', async (request) => {
    const guard = request.routeOptions.config.guard
    if (guard !== undefined && guard !== 'everybody') request.caller = await letIn(context, request, guard)
  })
}

/**
 * Checks the guard of a route.
 *
 * @throws {Fault} if it does not admit the caller.
 */
export async function letIn(
  context: ApiContext,
  request: FastifyRequest,
  guard: Exclude<Guard, 'everybody'>,
): Promise<Caller> {
  const caller = await authenticate(context, request)
  if (caller === undefined) throw faults.notLoggedIn()
  if (guard === 'login' && caller.loginHash === undefined) throw faults.loginNeeded()
  if (guard === 'anybody' || guard === 'login') return caller
  const { key } = request.params as { readonly key?: string }
  // Without a role for an API key, the caller does not learn whether it exists.
  if (key !== undefined && roleFor(caller.account, key) === undefined) throw faults.unknown('API key')
  if (!may(caller, guard, key)) throw faults.forbidden(guard)
  return caller
}

export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new Error('This route is for everybody, so nobody is known')
  return caller
}
