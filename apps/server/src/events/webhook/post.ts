import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import {
  addressIn,
  isPublicAddress,
  lookUpPublic,
  PRIVATE_ADDRESS,
  privateAddress,
} from '../../outbound/public-address.ts'

/** How long an endpoint may take to answer, in seconds, the connection included. */
export const POST_TIMEOUT_SECONDS = 10
/** How much of an answer is read, in bytes; with more the connection is cut. Nothing of it is kept. */
export const MAX_ANSWER_BYTES = 16 * 1024
/** The most connections that are kept open for the next message to an endpoint. */
const MAX_FREE_SOCKETS = 2

/** What became of a request: the status of the answer, or why there was none in a few words of our own. */
export type Posted = Answered | { readonly reason: string }

export interface Answered {
  readonly status: number
  /** What it says of when to come again, to the letter (`Retry-After`). */
  readonly retryAfter?: string | undefined
}

/** Sends one message. It never fails, and follows nowhere else. */
export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<Posted>

/** @param toPrivate whether to connect to private addresses, and without encryption. */
export function createPost(toPrivate: boolean): Post {
  const options = { keepAlive: true, maxFreeSockets: MAX_FREE_SOCKETS, ...(!toPrivate && { lookup: lookUpPublic() }) }
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) }

  function open(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): ClientRequest {
    // Nothing is looked up where an address is named.
    const address = addressIn(url)
    if (!toPrivate && address !== undefined && !isPublicAddress(address)) throw privateAddress()
    if (url.protocol === 'https:')
      return httpsRequest(url, { method: 'POST', headers, signal, agent: agents['https:'] })
    if (toPrivate) return httpRequest(url, { method: 'POST', headers, signal, agent: agents['http:'] })
    throw Object.assign(new Error('Not encrypted'), { code: 'ENOTENCRYPTED' })
  }

  return (url, headers, body, stop) => {
    const timeout = AbortSignal.timeout(POST_TIMEOUT_SECONDS * 1000)
    const signal = AbortSignal.any([timeout, stop])
    const attempt = (done: (posted: Posted) => void): void => {
      const fail = (error: unknown) => done({ reason: timeout.aborted ? LATE : wordsOf(error) })
      try {
        const request = open(new URL(url), headers, signal)
        request.on('error', (error) => {
          // The endpoint had closed a connection that was kept for the next message, which is no failure of its own.
          if (request.reusedSocket && !signal.aborted) attempt(done)
          else fail(error)
        })
        request.on('response', (response) => {
          const { statusCode: status = 0, headers: said } = response
          let length = 0
          response.on('data', (chunk: Buffer) => {
            length += chunk.length
            if (length > MAX_ANSWER_BYTES) response.destroy()
          })
          // What it goes on to say is of no account: the status has come.
          response.on('error', () => {})
          response.on('close', () => done({ status, retryAfter: said['retry-after'] }))
        })
        request.end(body)
      } catch (error) {
        fail(error)
      }
    }
    return new Promise<Posted>(attempt)
  }
}

const LATE = `no answer within ${POST_TIMEOUT_SECONDS} s`

const WORDS: Readonly<Record<string, string>> = {
  [PRIVATE_ADDRESS]: 'the address is private',
  ENOTENCRYPTED: 'the address is not https',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut off',
  EPIPE: 'the connection was cut off',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up',
  ETIMEDOUT: 'the connection could not be made in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ABORT_ERR: 'the platform was stopped',
}
const CERTIFICATE = /CERT|SSL|TLS/

/** By its code alone: its message may hold what is nobody's business, such as an address. */
function wordsOf(error: unknown): string {
  const { code, errors } = error as { readonly code?: string; readonly errors?: readonly unknown[] }
  const [first] = errors ?? []
  if (code === undefined && first !== undefined) return wordsOf(first)
  if (code === undefined) return 'the request failed'
  return (
    WORDS[code] ?? (CERTIFICATE.test(code) ? `the certificate is not good (${code})` : `the request failed (${code})`)
  )
}
