import { createSocket } from 'node:dgram'
import { connect as connectTcp, isIPv6, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { lengthOf } from './stun-message.ts'

/** Sends a message and returns the next one that arrives. */
export type Exchange = (message: Buffer) => Promise<Buffer>

/** The address of a STUN or TURN server (RFC 7064 section 3, RFC 7065 section 3). */
export interface IceAddress {
  readonly host: string
  readonly port: number
  readonly transport: 'udp' | 'tcp' | 'tls'
}

const PORT = 3_478
const TLS_PORT = 5_349
/** The interval at which a request over UDP is sent again, in milliseconds (RFC 8489 section 6.2.1). */
const RETRANSMIT_MS = 500

export function readIceAddress(url: string): IceAddress {
  const [, scheme = '', host = '', port, transport] =
    /^(stuns?|turns?):(\[.+?\]|[^:?]+)(?::(\d+))?(?:\?transport=(\w+))?$/i.exec(url) ?? []
  const isSecure = scheme.toLowerCase().endsWith('s')
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port ?? (isSecure ? TLS_PORT : PORT)),
    transport: isSecure ? 'tls' : transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
  }
}

/**
 * Connects to the server while `use` runs.
 *
 * @throws if it cannot be reached, or does not answer in time.
 */
export async function withServer<T>(
  address: IceAddress,
  timeoutMs: number,
  use: (exchange: Exchange) => Promise<T>,
): Promise<T> {
  const { send, onMessage, close, failed } = address.transport === 'udp' ? overUdp(address) : overStream(address)
  const exchange: Exchange = async (message) => {
    let late: NodeJS.Timeout | undefined
    let again: NodeJS.Timeout | undefined
    const answered = new Promise<Buffer>((resolve, reject) => {
      onMessage(resolve)
      late = setTimeout(() => reject(new Error('no answer in time')), timeoutMs)
      if (address.transport === 'udp') again = setInterval(() => send(message), RETRANSMIT_MS)
      send(message)
    })
    return Promise.race([answered, failed]).finally(() => {
      clearTimeout(late)
      clearInterval(again)
    })
  }
  try {
    return await use(exchange)
  } finally {
    close()
  }
}

interface Connection {
  readonly send: (message: Buffer) => void
  readonly onMessage: (take: (message: Buffer) => void) => void
  readonly close: () => void
  /** Rejects if the connection fails. */
  readonly failed: Promise<never>
}

function overUdp({ host, port }: IceAddress): Connection {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  let take: (message: Buffer) => void = () => {}
  socket.on('message', (message) => take(message))
  return {
    send: (message) => socket.send(message, port, host),
    onMessage: (next) => {
      take = next
    },
    close: () => socket.close(),
    failed: failureOf(socket),
  }
}

function overStream({ host, port, transport }: IceAddress): Connection {
  const socket: Socket =
    transport === 'tls'
      ? connectTls({ host, port, ...(!isIPv6(host) && { servername: host }) })
      : connectTcp({ host, port })
  let take: (message: Buffer) => void = () => {}
  let pieces = Buffer.alloc(0)
  socket.on('data', (piece) => {
    pieces = Buffer.concat([pieces, piece])
    const length = lengthOf(pieces)
    if (length === undefined || pieces.length < length) return
    const message = pieces.subarray(0, length)
    pieces = pieces.subarray(length)
    take(message)
  })
  return {
    send: (message) => socket.write(message),
    onMessage: (next) => {
      take = next
    },
    close: () => socket.destroy(),
    failed: failureOf(socket),
  }
}

function failureOf(socket: { on(event: 'error', listener: (error: Error) => void): unknown }): Promise<never> {
  const failed = new Promise<never>((_, reject) => socket.on('error', reject))
  // Whether anybody waits for it or not.
  failed.catch(() => {})
  return failed
}
