import { Readable } from 'node:stream'
import { guardRequests } from './request-guarded.ts'

/** The timeout of a fetch, including the body, in seconds. */
export const FETCH_DEADLINE_SECONDS = 10

/** The part of the Fetch API's `fetch` that is used here; it follows no redirects. */
export type Fetch = (url: string, options?: RequestInit) => Promise<Response>

// These responses have no body (Fetch standard, null body status).
const WITHOUT_BODY = [204, 205, 304]

/**
 * A `fetch` that connects only to the public internet, over HTTPS, and ends at its own deadline whatever the peer does.
 *
 * @param toPrivate whether private addresses and `http:` are allowed.
 * @param deadlineSeconds for the response and its body. Default: {@link FETCH_DEADLINE_SECONDS}.
 */
export function fetchGuarded(toPrivate: boolean, deadlineSeconds = FETCH_DEADLINE_SECONDS): Fetch {
  const request = guardRequests({ toPrivate, keepAlive: false })
  return async (url, { headers, signal } = {}) => {
    const response = await request(new URL(url), {
      method: 'GET',
      headers: Object.fromEntries(new Headers(headers)),
      deadlineSeconds,
      signal: signal ?? undefined,
    })
    const { statusCode: status = 0 } = response
    const hasBody = !WITHOUT_BODY.includes(status)
    if (!hasBody) response.resume()
    return new Response(hasBody ? (Readable.toWeb(response) as ReadableStream) : null, { status })
  }
}
