import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { type AwaitOptions, awaitResponse } from './await-response.ts'
import { addressIn, isPublicAddress, lookUpPublic, privateAddress } from './public-address.ts'

/** The error of a request that would be sent without TLS. */
export const NOT_ENCRYPTED = 'ENOTENCRYPTED'
/** The most connections that are kept open for later requests to the same host. */
const MAX_FREE_SOCKETS = 2
const CLOSED: readonly unknown[] = ['ECONNRESET', 'EPIPE']

export interface GuardedRequest extends AwaitOptions {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** Sends one request, follows no redirects, and returns as {@link awaitResponse} does. */
export type RequestGuarded = (url: URL, request: GuardedRequest) => Promise<IncomingMessage>

export interface GuardOptions {
  /** Whether private addresses and `http:` are allowed. */
  readonly toPrivate: boolean
  /** Whether connections are kept for later requests. */
  readonly keepAlive: boolean
}

/**
 * The only way to connect to addresses that others have chosen: over HTTPS, to the public internet. Names are connected to by the addresses
 * that were checked.
 */
export function guardRequests({ toPrivate, keepAlive }: GuardOptions): RequestGuarded {
  const options = { keepAlive, maxFreeSockets: MAX_FREE_SOCKETS, ...(!toPrivate && { lookup: lookUpPublic() }) }
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) }

  return async function send(url, { method, headers, body, deadlineSeconds, signal }) {
    const began = performance.now()
    // Literal addresses need no look-up.
    const address = addressIn(url)
    if (!toPrivate && address !== undefined && !isPublicAddress(address)) throw privateAddress()
    const isSecure = url.protocol === 'https:'
    if (!isSecure && !(toPrivate && url.protocol === 'http:')) {
      throw Object.assign(new Error('Not encrypted'), { code: NOT_ENCRYPTED })
    }
    const request = isSecure
      ? httpsRequest(url, { method, headers, agent: agents['https:'] })
      : httpRequest(url, { method, headers, agent: agents['http:'] })
    const answered = awaitResponse(request, { deadlineSeconds, signal })
    request.end(body)
    try {
      return await answered
    } catch (error) {
      // The host had closed the kept connection, which is not a failure of this request.
      const wasClosed = request.reusedSocket && CLOSED.includes((error as NodeJS.ErrnoException).code)
      if (!wasClosed || signal?.aborted) throw error
      const left = deadlineSeconds - (performance.now() - began) / 1_000
      return send(url, { method, headers, body, deadlineSeconds: Math.max(0, left), signal })
    }
  }
}
