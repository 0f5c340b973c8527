import type { IncomingMessage } from 'node:http'
import { DEADLINE_PASSED, PROTOCOL_SWITCHED } from '../../outbound/await-response.ts'
import { PRIVATE_ADDRESS } from '../../outbound/public-address.ts'
import { guardRequests, NOT_ENCRYPTED } from '../../outbound/request-guarded.ts'

/** How long an endpoint may take to answer, in seconds, the connection included. */
export const POST_TIMEOUT_SECONDS = 10
/** How much of an answer is read, in bytes; with more the connection is cut. Nothing of it is kept. */
export const MAX_ANSWER_BYTES = 16 * 1024
/** How long the body of an answer is read, in seconds, so that its connection serves for the next message. */
export const DRAIN_SECONDS = 0.5

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

/**
 * @param toPrivate whether to connect to private addresses, and without encryption.
 * @param deadlineSeconds for tests. Default: {@link POST_TIMEOUT_SECONDS}.
 */
export function createPost(toPrivate: boolean, deadlineSeconds = POST_TIMEOUT_SECONDS): Post {
  const request = guardRequests({ toPrivate, keepAlive: true })
  return async (url, headers, body, signal) => {
    try {
      const response = await request(new URL(url), { method: 'POST', headers, body, deadlineSeconds, signal })
      await drain(response)
      return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }
    } catch (error) {
      return { reason: describeError(error) }
    }
  }
}

/** Reads a body to its end, or until that takes too much or too long. The answer counts since its status has come. */
function drain(response: IncomingMessage): Promise<void> {
  return new Promise((done) => {
    let length = 0
    const timer = setTimeout(() => response.destroy(), DRAIN_SECONDS * 1_000)
    response.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > MAX_ANSWER_BYTES) response.destroy()
    })
    response.once('close', () => {
      clearTimeout(timer)
      done()
    })
  })
}

const WORDS: Readonly<Record<string, string>> = {
  [DEADLINE_PASSED]: `no answer within ${POST_TIMEOUT_SECONDS} s`,
  [PROTOCOL_SWITCHED]: 'the endpoint answered 101 (Switching Protocols)',
  [PRIVATE_ADDRESS]: 'the address is private',
  [NOT_ENCRYPTED]: 'the address is not https',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  ENOTFOUND: 'the host name was not found',
  EAI_AGAIN: 'the host name could not be resolved',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ABORT_ERR: 'the platform was stopped',
}
const CERTIFICATE = /CERT|SSL|TLS/

/** By its code alone: its message may hold what is nobody's business, such as an address. */
function describeError(error: unknown): string {
  const { code, errors } = error as { readonly code?: string; readonly errors?: readonly unknown[] }
  const [first] = errors ?? []
  if (code === undefined && first !== undefined) return describeError(first)
  if (code === undefined) return 'the request failed'
  return (
    WORDS[code] ?? (CERTIFICATE.test(code) ? `the certificate is not valid (${code})` : `the request failed (${code})`)
  )
}
