import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { problemSchema } from '../schemas/shapes.ts'

/** The part of the HTTP server that is the API, with zod schemas. */
export type Api = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

/** A problem in a route's schema, with its own content type (RFC 9457 section 3). */
export const PROBLEM = {
  description: 'What is in the way (RFC 9457).',
  content: { 'application/problem+json': { schema: problemSchema } },
}

/** The possible responses of a route: its result, or a problem. */
export function answers<T extends z.ZodType, S extends 200 | 201>(status: S, body: T) {
  return { [status]: body, default: PROBLEM } as Record<S, T>
}
