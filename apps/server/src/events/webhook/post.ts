import type { IncomingMessage } from 'node:http'
import { DEADLINE_PASSED, PROTOCOL_SWITCHED } from '../../outbound/await-response.ts'
import { PRIVATE_ADDRESS } from '../../outbound/public-address.ts'
import { guardRequests, NOT_ENCRYPTED } from '../../outbound/request-guarded.ts'

/** The timeout of an endpoint's response, including the connection, in seconds. */
export const POST_TIMEOUT_SECONDS = 10
/** How much of a response is read, in bytes; beyond it, the connection is closed. Nothing of it is kept. */
export const MAX_ANSWER_BYTES = 16 * 1024
/** How long the body of a response is read, in seconds, so that the connection can be reused. */
export const DRAIN_SECONDS = 0.5

/** The outcome of a request: the status, or a short general reason why there is none. */
export type Posted = Answered | { readonly reason: string }

export interface Answered {
  readonly status: number
  /** The raw `Retry-After` header. */
  readonly retryAfter?: string | undefined
}

/** Sends one message. Never fails, and follows no redirects. */
export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<Posted>

/**
 * @param toPrivate whether private addresses and `http:` are allowed.
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

/** Reads a body to its end, or until its limits. The status alone decides the outcome. */
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

/** By its code only: the message may contain confidential details, such as an address. */
function describeError(error: unknown): string {
  const { code, errors } = error as { readonly code?: string; readonly errors?: readonly unknown[] }
  const [first] = errors ?? []
  if (code === undefined && first !== undefined) return describeError(first)
  if (code === undefined) return 'the request failed'
  return (
    WORDS[code] ?? (CERTIFICATE.test(code) ? `the certificate is not valid (${code})` : `the request failed (${code})`)
  )
}
