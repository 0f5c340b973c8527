import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { faults } from './problem-error.ts'

/**
 * Refuses, by name, what a route does not take: parameters of a query that no schema names, and a body where there is no schema of
 * one. What schemas name is held to them by the validator; all of them are strict.
 */
export function refuseUnknown(http: FastifyInstance): void {
  http.addHook('onRoute', (route) => {
    if (route.schema?.hide === true) return
    route.schema = { ...route.schema, querystring: route.schema?.querystring ?? z.strictObject({}) }
  })
  http.addHook('preValidation', async (request) => {
    if (request.routeOptions.schema?.body === undefined) requireNoBody(request)
  })
  // Clients send the content type of JSON with every request: where nothing follows it, there is no body.
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeContentTypeParser('application/json')
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body as string, done)
  })
}

// An object with nothing in it says nothing that could be dropped.
function requireNoBody({ body }: FastifyRequest): void {
  if (body === undefined || body === null) return
  const isObject = typeof body === 'object' && !Array.isArray(body)
  const unknown = isObject ? Object.keys(body) : ['body']
  if (unknown.length > 0) throw faults.unknownFields(unknown)
}
