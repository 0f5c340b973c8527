import type { ServerResponse } from 'node:http'
import type { TokenEndpoint } from '../create-token-endpoint.ts'
import { answerProblem, FAULT } from '../problem.ts'
import { requireEndpoint } from '../require-endpoint.ts'
import { answerNodeRequest, closeIfUnread, type NodeRequest } from './node-request.ts'

export { type NodeRequest, toRequest } from './node-request.ts'

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
): (req: NodeRequest, res: ServerResponse, next?: (error?: unknown) => void) => Promise<void> {
  requireEndpoint(endpoint)
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

async function writeAnswer(res: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text()
  // Something else may have answered meanwhile (a middleware with a timeout), or the client is gone.
  if (res.headersSent || res.destroyed) return
  res.writeHead(answer.status, [...answer.headers].flat())
  res.end(body)
}

function ignore(): void {}
