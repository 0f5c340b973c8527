import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { compile } from '@fastify/proxy-addr'
import { GATE_PATH, MAX_FIRST_FRAME_BYTES, SUBPROTOCOL } from '@stagedoor/protocol'
import { WebSocketServer } from 'ws'
import { stripBasePath } from '../public-url.ts'
import { isHostClear } from '../rate-limit/is-host-clear.ts'
import { LazyClientInfo } from './client-info.ts'
import type { Connection } from './connection.ts'
import type { GateContext } from './gate-context.ts'
import { startHeartbeat } from './heartbeat.ts'
import { ReceivedSocket, SocketHandler } from './socket-handler.ts'

/** How long the client of a refused upgrade has to read the answer and hang up, in milliseconds. */
export const REFUSED_LINGER_MS = 2_000

export interface Gate {
  /** How many sockets are open, with a session or without. */
  readonly size: number
  /** Closes every socket and accepts no new ones. */
  close(): void
}

/** Opens the gate on an HTTP server: each WebSocket at {@link GATE_PATH}, with or without the base path, may register once. */
export function openGate(server: Server, context: GateContext): Gate {
  const connections = new Set<Connection>()
  const sockets = new WebSocketServer<typeof ReceivedSocket>({
    WebSocket: ReceivedSocket,
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FIRST_FRAME_BYTES,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  const isTrusted = context.trustedProxies.length === 0 ? undefined : compile([...context.trustedProxies])
  const stopHeartbeat = startHeartbeat(connections)

  function takeUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = checkUpgrade(request, context.basePath)
    if (refusal !== undefined) {
      refuseUpgrade(socket, refusal)
      return
    }
    try {
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        SocketHandler.begin(context, webSocket, new LazyClientInfo(request, isTrusted), connections),
      )
    } catch (error) {
      context.connectionFailed()
      context.log.error(error, 'a WebSocket could not be opened')
      socket.on('error', () => {}).destroy()
    }
  }

  server.on('upgrade', takeUpgrade)
  return {
    get size() {
      return connections.size
    },
    close() {
      server.off('upgrade', takeUpgrade)
      stopHeartbeat()
      for (const connection of connections) connection.close('going_away')
    },
  }
}

function checkUpgrade(request: IncomingMessage, basePath: string): string | undefined {
  const { url = '', headers } = request
  if (!isHostClear(request)) return '400 Bad Request'
  if (stripBasePath(basePath, url).split('?', 1)[0] !== GATE_PATH) return '404 Not Found'
  const offered = headers['sec-websocket-protocol'] ?? ''
  const isOffered = offered.split(',').some((name) => name.trim() === SUBPROTOCOL)
  return isOffered ? undefined : '400 Bad Request'
}

/**
 * Answers an upgrade that is refused, and closes its socket. After an upgrade nothing else listens to the socket (Node.js
 * takes its own listeners off), so a reset by the client would otherwise end the process.
 *
 * @param status such as `404 Not Found`.
 */
function refuseUpgrade(socket: Duplex, status: string): void {
  // An error is followed by the end of the socket, which is all that is left to do here.
  socket.on('error', () => {})
  const timer = setTimeout(() => socket.destroy(), REFUSED_LINGER_MS)
  socket.once('close', () => clearTimeout(timer))
  // Read, so that the end of the client is seen; what was not read would turn the close into a reset that loses the answer.
  socket.resume()
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
