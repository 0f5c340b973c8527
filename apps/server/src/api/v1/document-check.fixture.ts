import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

/** What every test is checked against. It is the same for all, so its schemas are compiled once. */
const compiled = new Map<string, Ajv2020>()

/**
 * Checks each response of the API against the server's own OpenAPI document: its status, its content type and its body. Must be called
 * before the routes are registered.
 *
 * @returns the differences so far.
 */
export function holdToDocument(http: FastifyInstance): readonly string[] {
  const found: string[] = []
  http.addHook('onSend', async (request, reply, payload) => {
    const problem = judge(request, reply, payload)
    if (problem !== undefined) found.push(`${request.method} ${request.url} ${reply.statusCode}: ${problem}`)
    return payload
  })
  return found
}

function judge(request: FastifyRequest, reply: FastifyReply, payload: unknown): string | undefined {
  const { url, schema } = request.routeOptions
  // The document itself and its page are not part of it. HEAD has the responses of GET, without bodies.
  if (url === undefined || schema?.hide === true || request.method === 'HEAD') return undefined
  const text = JSON.stringify(request.server.swagger())
  const document: Document = JSON.parse(text)
  const path = url.replace(/:(\w+)/g, '{$1}')
  const method = request.method.toLowerCase()
  const responses = document.paths[path]?.[method]?.responses
  if (responses === undefined) return `the document has no ${method} ${path}`
  const status = String(reply.statusCode) in responses ? String(reply.statusCode) : 'default'
  const type = String(reply.getHeader('content-type')).split(';')[0] ?? ''
  const { content = {} } = responses[status] ?? {}
  if (!(type in content)) return `the document has no ${type} but ${Object.keys(content).join(', ') || 'nothing'}`
  // For an endless response, only the head is checked.
  if (type === 'text/event-stream') return undefined
  const place = ['paths', path, method, 'responses', status, 'content', type, 'schema']
  const ajv = compiled.get(text) ?? new Ajv2020({ strict: false, allErrors: true }).addSchema(document, 'document')
  compiled.set(text, ajv)
  const validate = ajv.getSchema(`document#/${place.map(writePart).join('/')}`)
  if (validate === undefined) return 'the document has no schema of this answer'
  return validate(JSON.parse(String(payload))) ? undefined : ajv.errorsText(validate.errors)
}

// A segment of a JSON Pointer in a URL (RFC 6901 sections 3 and 6).
function writePart(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
