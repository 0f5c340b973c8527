import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { addressIn, isPublicAddress, lookUpPublic, privateAddress } from './public-address.ts'

/** What of the `fetch` of the Fetch standard is used here: it asks for what is at an address, and follows nowhere else. */
export type Fetch = (url: string, options?: RequestInit) => Promise<Response>

/** @throws {RangeError} out of the body, where that is longer. */
export function fetchBounded(fetch: Fetch, maxBytes: number): Fetch {
  return async (url, options) => {
    const response = await fetch(url, options)
    let length = 0
    const counted = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          length += chunk.length
          if (length > maxBytes) throw new RangeError(`There are more than ${maxBytes} bytes`)
          controller.enqueue(chunk)
        },
      }),
    )
    return new Response(counted ?? null, { status: response.status, headers: response.headers })
  }
}

// Their answers have no body (Fetch standard, null body status).
const WITHOUT_BODY = [204, 205, 304]

/**
 * A `fetch` that connects to the public internet alone, over HTTPS. A name is connected to by the very addresses that were
 * looked at.
 *
 * @param toPrivate whether to connect to private addresses too, and without encryption.
 */
export function fetchGuarded(toPrivate: boolean): Fetch {
  const options = toPrivate ? {} : { lookup: lookUpPublic() }
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) }

  return async (text, { headers, signal } = {}) => {
    const url = new URL(text)
    // Nothing is looked up where an address is named.
    const address = addressIn(url)
    if (!toPrivate && address !== undefined && !isPublicAddress(address)) throw privateAddress()
    if (url.protocol !== 'https:' && !(toPrivate && url.protocol === 'http:')) throw new Error('Not encrypted')
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest
    const response = await new Promise<IncomingMessage>((answer, fail) => {
      request(url, {
        agent: agents[url.protocol as keyof typeof agents],
        headers: Object.fromEntries(new Headers(headers)),
        ...(signal != null && { signal }),
      })
        .on('response', answer)
        .on('error', fail)
        .end()
    })
    const { statusCode: status = 0 } = response
    const hasBody = !WITHOUT_BODY.includes(status)
    if (!hasBody) response.resume()
    return new Response(hasBody ? (Readable.toWeb(response) as ReadableStream) : null, { status })
  }
}
