import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { problemSchema } from '../schemas/shapes.ts'

/** The part of the HTTP server that the API is, which takes its schemas from zod. */
export type Api = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

/** A problem as a route's schema has it: of a content type of its own (RFC 9457 section 3). */
export const PROBLEM = {
  description: 'What is in the way (RFC 9457).',
  content: { 'application/problem+json': { schema: problemSchema } },
}

/** What a route may answer: what it is for, or a problem. */
export function answers<T extends z.ZodType, S extends 200 | 201>(status: S, body: T) {
  return { [status]: body, default: PROBLEM } as Record<S, T>
}
