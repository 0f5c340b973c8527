import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { faults } from './problem-error.ts'

/**
 * Refuses, by name, input that a route does not accept: query parameters without a schema, and a body if there is no schema for one. The
 * validator checks everything that has a schema; all schemas are strict.
 */
export function refuseUnknown(http: FastifyInstance): void {
  http.addHook('onRoute', (route) => {
    if (route.schema?.hide === true) return
    route.schema = { ...route.schema, querystring: route.schema?.querystring ?? z.strictObject({}) }
  })
  http.addHook('preValidation', async (request) => {
    if (request.routeOptions.schema?.body === undefined) requireNoBody(request)
  })
  // Clients send the JSON content type with every request: if nothing follows, there is no body.
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeContentTypeParser('application/json')
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body as string, done)
  })
}

// An empty object contains nothing that would be ignored.
function requireNoBody({ body }: FastifyRequest): void {
  if (body === undefined || body === null) return
  const isObject = typeof body === 'object' && !Array.isArray(body)
  const unknown = isObject ? Object.keys(body) : ['body']
  if (unknown.length > 0) throw faults.unknownFields(unknown)
}
