import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { TokenEndpoint } from '../create-token-endpoint.ts'

/** A request of Node.js, and what a framework may have made of its body already. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown }

/**
 * The endpoint as a listener of `node:http`, and so of Express, Connect and whatever else takes one. A body that was parsed
 * already (`express.json()`) is taken as it is.
 *
 * @example http.createServer(toNodeListener(endpoint)).listen(3000)
 * @example app.use('/token', toNodeListener(endpoint))
 */
export function toNodeListener(endpoint: TokenEndpoint): (req: NodeRequest, res: ServerResponse) => Promise<void> {
  return async (req, res) => {
    const answer = await endpoint(toRequest(req), { address: req.socket.remoteAddress })
    const body = await answer.text()
    res.writeHead(answer.status, [...answer.headers].flat())
    res.end(body)
    // What was not read of a request that is too large would keep the connection busy.
    if (!req.complete) res.once('finish', () => req.destroy())
  }
}

/** A request of Node.js as the Fetch standard has it. */
export function toRequest(req: NodeRequest): Request {
  const { method = 'GET', headers, url = '/' } = req
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    // HTTP/2 names its own fields with a colon in front, which are no headers (RFC 9113 section 8.3).
    value === undefined || name.startsWith(':') ? [] : [value].flat().map((one): [string, string] => [name, one]),
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(url, `http://${headers.host ?? 'localhost'}`), {
    method,
    headers: pairs,
    ...(hasBody && { body: bodyOf(req), duplex: 'half' }),
  } as RequestInit)
}

function bodyOf(req: NodeRequest): unknown {
  const { body } = req
  if (body === undefined) return Readable.toWeb(req)
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
}
