import type { IncomingMessage } from 'node:http'
import { isIP, type Socket } from 'node:net'
import proxyAddr from '@fastify/proxy-addr'
import { normalizeForwardedFor } from '../rate-limit/forwarded-for.ts'
import type { ClientInfo } from '../refusal-log/write-report.ts'

const MAX_USER_AGENT_LENGTH = 256

/** Whether a proxy at that address is believed about whom it forwards. */
export type IsTrusted = (address: string, hop: number) => boolean

/** The client info of a connection. The address is read when it is needed, which for most connections is never. */
export class LazyClientInfo implements ClientInfo {
  readonly #socket: Socket
  /** The address that trusted proxies have forwarded. */
  readonly #forwarded: string | undefined
  /** The origin of the page, where a browser said it. */
  readonly origin: string | undefined
  readonly #userAgent: string | undefined

  /** @param isTrusted without it nobody is: anybody can write a header. */
  constructor(request: IncomingMessage, isTrusted?: IsTrusted) {
    const { socket, headers } = request
    this.#socket = socket
    this.#forwarded = isTrusted && readForwarded(request, isTrusted)
    this.origin = headers.origin
    this.#userAgent = headers['user-agent']
  }

  /** Nothing, where the socket was gone before it was asked for. */
  get address(): string | undefined {
    return this.#forwarded ?? this.#socket.remoteAddress
  }

  get userAgent(): string | undefined {
    return this.#userAgent?.slice(0, MAX_USER_AGENT_LENGTH)
  }

  describe(): ClientInfo {
    return { address: this.address, origin: this.origin, userAgent: this.userAgent }
  }
}

// What a trusted proxy wrote that is no address, such as "unknown", is not taken for one.
function readForwarded(request: IncomingMessage, isTrusted: IsTrusted): string | undefined {
  const { headers } = request
  const forwarded = headers['x-forwarded-for']
  if (forwarded === undefined) return undefined
  headers['x-forwarded-for'] = normalizeForwardedFor(String(forwarded))
  const address = proxyAddr(request, isTrusted)
  return isIP(address) === 0 ? undefined : address
}
