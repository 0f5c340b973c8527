import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { TokenEndpoint } from '../create-token-endpoint.ts'
import type { RequestContext } from '../endpoint-options.ts'
import { answerProblem, METHOD_NOT_ALLOWED, REQUEST_MALFORMED } from '../problem.ts'

/** A Node.js request, with the body that a framework may have parsed. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown }

/** Methods that the Fetch standard forbids (section 2.2.1), so a `Request` cannot have them. */
const FORBIDDEN_METHODS = ['CONNECT', 'TRACE', 'TRACK']
/** Characters that would add something to a host: a path, a query, a user. */
const NOT_OF_A_HOST = /[\s/?#@\\]/

/** Responds to a Node.js request. Rejects only if the endpoint does. */
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

/** Closes a connection after the response if the request was not read completely: the rest would keep it open forever. */
export function closeIfUnread(req: IncomingMessage, res: ServerResponse): void {
  // Cancelling a body stream detaches the socket from its request.
  const { socket } = req
  res.once('finish', () => {
    if (req.complete) return
    // In HTTP/2, the socket has other requests too.
    if (req.httpVersionMajor === 1) socket?.destroy()
    else req.destroy()
  })
}

/**
 * Converts a Node.js request to a `Request` of the Fetch API.
 *
 * @throws {TypeError} if that is impossible: an invalid host, a target with a user and a password, the method `TRACE`.
 */
export function toRequest(req: NodeRequest): Request {
  const { method = 'GET', headers } = req
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    // HTTP/2 pseudo-header fields begin with a colon and are not headers (RFC 9113 section 8.3).
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
  // A path that begins with two slashes is a path, not another host (RFC 9112 section 3.2.1).
  return url.startsWith('/') ? new URL(`http://${host}${url}`) : new URL(url, `http://${host}`)
}

function bodyOf(req: NodeRequest): unknown {
  const { body } = req
  if (body === undefined) return Readable.toWeb(req)
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
}
