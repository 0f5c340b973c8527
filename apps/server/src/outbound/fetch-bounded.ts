import { Readable } from 'node:stream'
import { guardRequests } from './request-guarded.ts'

/** How long anything that is fetched may take at the most, its body included, in seconds. */
export const FETCH_DEADLINE_SECONDS = 10

/** What of the `fetch` of the Fetch standard is used here: it asks for what is at an address, and follows nowhere else. */
export type Fetch = (url: string, options?: RequestInit) => Promise<Response>

// Their answers have no body (Fetch standard, null body status).
const WITHOUT_BODY = [204, 205, 304]

/**
 * A `fetch` that connects to the public internet alone, over HTTPS, and ends at its own deadline whatever the other side does.
 *
 * @param toPrivate whether to connect to private addresses too, and without encryption.
 * @param deadlineSeconds for the answer and its body. Default: {@link FETCH_DEADLINE_SECONDS}.
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
