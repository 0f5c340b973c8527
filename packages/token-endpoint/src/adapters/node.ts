import type { ServerResponse } from 'node:http'
import type { TokenEndpoint } from '../create-token-endpoint.ts'
import { answerProblem, FAULT } from '../problem.ts'
import { requireEndpoint } from '../require-endpoint.ts'
import { answerNodeRequest, closeIfUnread, type NodeRequest } from './node-request.ts'

export { type NodeRequest, toRequest } from './node-request.ts'

/**
 * Returns the endpoint as a listener for `node:http`, and so for Express, Connect and others that accept one. A body that is already
 * parsed (`express.json()`) is used as it is. The listener never rejects: an invalid request gets 400 or 405, and an error of the
 * endpoint is passed to `next`, or becomes a 500 without it.
 *
 * @example http.createServer(toNodeListener(endpoint)).listen(3000)
 * @example app.use('/token', toNodeListener(endpoint))
 */
export function toNodeListener(
  endpoint: TokenEndpoint,
): (req: NodeRequest, res: ServerResponse, next?: (error?: unknown) => void) => Promise<void> {
  requireEndpoint(endpoint)
  return async (req, res, next) => {
    // These emit an error if the client disconnects; without a listener, that ends the process.
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

async function writeAnswer(res: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text()
  // A middleware with a timeout may have responded meanwhile, or the client is gone.
  if (res.headersSent || res.destroyed) return
  res.writeHead(answer.status, [...answer.headers].flat())
  res.end(body)
}

function ignore(): void {}
