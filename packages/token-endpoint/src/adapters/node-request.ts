import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { TokenEndpoint } from '../create-token-endpoint.ts'
import type { RequestContext } from '../endpoint-options.ts'
import { answerProblem, METHOD_NOT_ALLOWED, REQUEST_MALFORMED } from '../problem.ts'

/** A request of Node.js, and what a framework may have made of its body already. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown }

/** Methods that the Fetch standard forbids (section 2.2.1): it has no request with one of them. */
const FORBIDDEN_METHODS = ['CONNECT', 'TRACE', 'TRACK']
/** What would make something else of a host than a host: a path, a query, a user. */
const NOT_OF_A_HOST = /[\s/?#@\\]/

/** Answers a request of Node.js. Rejects only if the endpoint does. */
export async function answerNodeRequest(
  endpoint: TokenEndpoint,
  req: NodeRequest,
  context: RequestContext,
): Promise<Response> {
  if (FORBIDDEN_METHODS.includes(req.method ?? '')) return answerProblem(METHOD_NOT_ALLOWED)
  let request: Request
  try {
    request = toRequest(req)
  } catch {
    return answerProblem(REQUEST_MALFORMED)
  }
  return endpoint(request, context)
}

/** Closes a connection once it is answered, if not all of the request was read: the rest would keep it open for ever. */
export function closeIfUnread(req: IncomingMessage, res: ServerResponse): void {
  // A body stream that is cancelled takes the socket away from its request.
  const { socket } = req
  res.once('finish', () => {
    if (req.complete) return
    // In HTTP/2 the socket has other requests too.
    if (req.httpVersionMajor === 1) socket?.destroy()
    else req.destroy()
  })
}

/**
 * Returns a request of Node.js as the Fetch standard has it.
 *
 * @throws {TypeError} if there is no such request: a host that is none, a target with a user and a password, the method `TRACE`.
 */
export function toRequest(req: NodeRequest): Request {
  const { method = 'GET', headers } = req
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    // HTTP/2 names its own fields with a colon in front, which are no headers (RFC 9113 section 8.3).
    value === undefined || name.startsWith(':') ? [] : [value].flat().map((one): [string, string] => [name, one]),
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(urlOf(req), {
    method,
    headers: pairs,
    ...(hasBody && { body: bodyOf(req), duplex: 'half' }),
  } as RequestInit)
}

function urlOf({ headers, url = '/' }: NodeRequest): URL {
  const host = headers.host ?? headers[':authority'] ?? 'localhost'
  if (typeof host !== 'string' || NOT_OF_A_HOST.test(host)) throw new TypeError('The host is none')
  // A path that begins with two slashes is a path here, and no other host (RFC 9112 section 3.2.1).
  return url.startsWith('/') ? new URL(`http://${host}${url}`) : new URL(url, `http://${host}`)
}

function bodyOf(req: NodeRequest): unknown {
  const { body } = req
  if (body === undefined) return Readable.toWeb(req)
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
}
