import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { RequestContext, TokenEndpoint } from '../create-token-endpoint.ts'
import { answerProblem, FAULT, METHOD_NOT_ALLOWED, REQUEST_MALFORMED } from '../problem.ts'

/** A request of Node.js, and what a framework may have made of its body already. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown }

type Next = (error?: unknown) => void

/** Methods that the Fetch standard forbids (section 2.2.1): it has no request with one of them. */
const FORBIDDEN_METHODS = ['CONNECT', 'TRACE', 'TRACK']
/** What would make something else of a host than a host: a path, a query, a user. */
const NOT_OF_A_HOST = /[\s/?#@\\]/

/**
 * Returns the endpoint as a listener of `node:http`, and so of Express, Connect and others that take one. A body that was
 * parsed already (`express.json()`) is taken as it is. The listener never rejects: what cannot be a request is answered with
 * 400 or 405, and an endpoint that fails is passed to `next`, or answered with 500 if there is none.
 *
 * @example http.createServer(toNodeListener(endpoint)).listen(3000)
 * @example app.use('/token', toNodeListener(endpoint))
 */
export function toNodeListener(
  endpoint: TokenEndpoint,
): (req: NodeRequest, res: ServerResponse, next?: Next) => Promise<void> {
  return async (req, res, next) => {
    // A client that goes away is an event of these; one that nobody listens to ends the process.
    req.on('error', ignore)
    res.on('error', ignore)
    closeIfUnread(req, res)
    try {
      const answer = await answerNodeRequest(endpoint, req, { address: req.socket.remoteAddress })
      await writeAnswer(res, answer)
    } catch (error) {
      if (next !== undefined) next(error)
      else await writeAnswer(res, answerProblem(FAULT)).catch(() => res.destroy())
    }
  }
}

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

async function writeAnswer(res: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text()
  // Something else may have answered meanwhile (a middleware with a timeout), or the client is gone.
  if (res.headersSent || res.destroyed) return
  res.writeHead(answer.status, [...answer.headers].flat())
  res.end(body)
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

function ignore(): void {}

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
