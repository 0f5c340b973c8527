import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { type AwaitOptions, awaitResponse } from './await-response.ts'
import { addressIn, isPublicAddress, lookUpPublic, privateAddress } from './public-address.ts'

/** What a request fails with that would have to be sent without encryption. */
export const NOT_ENCRYPTED = 'ENOTENCRYPTED'
/** The most connections that are kept open for the next request to the same host. */
const MAX_FREE_SOCKETS = 2
const CLOSED: readonly unknown[] = ['ECONNRESET', 'EPIPE']

export interface GuardedRequest extends AwaitOptions {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** Sends one request, follows no redirect, and answers as {@link awaitResponse} does. */
export type RequestGuarded = (url: URL, request: GuardedRequest) => Promise<IncomingMessage>

export interface GuardOptions {
  /** Whether to connect to private addresses too, and without encryption. */
  readonly toPrivate: boolean
  /** Whether connections are kept for the next request. */
  readonly keepAlive: boolean
}

/**
 * The one way out to addresses that others have chosen: over HTTPS, to the public internet. A name is connected to by the very
 * addresses that were looked at.
 */
export function guardRequests({ toPrivate, keepAlive }: GuardOptions): RequestGuarded {
  const options = { keepAlive, maxFreeSockets: MAX_FREE_SOCKETS, ...(!toPrivate && { lookup: lookUpPublic() }) }
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) }

  return async function send(url, { method, headers, body, deadlineSeconds, signal }) {
    const began = performance.now()
    // Nothing is looked up where an address is named.
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
      // The host had closed a connection that was kept for this request, which is no failure of its own.
      const wasClosed = request.reusedSocket && CLOSED.includes((error as NodeJS.ErrnoException).code)
      if (!wasClosed || signal?.aborted) throw error
      const left = deadlineSeconds - (performance.now() - began) / 1_000
      return send(url, { method, headers, body, deadlineSeconds: Math.max(0, left), signal })
    }
  }
}
