import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { compile } from '@fastify/proxy-addr'
import { GATE_PATH, MAX_FRAME_BYTES, REGISTRATION_TIMEOUT_MS, SUBPROTOCOL } from '@stagedoor/protocol'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Session } from '../session/session.ts'
import { Connection } from './connection.ts'
import { fail } from './fail.ts'
import { startHeartbeat } from './heartbeat.ts'
import { Intake } from './intake.ts'
import type { House } from './ports.ts'
import { takeFirstFrame } from './register.ts'
import { takeFrame } from './take-frame.ts'
import { Visitor } from './visitor.ts'

export interface Gate {
  /** How many sockets are open, with a session or without. */
  readonly size: number
  /** Closes every socket and takes no more. */
  close(): void
}

/** Opens the gate on an HTTP server: each WebSocket at {@link GATE_PATH} may knock once. */
export function openGate(server: Server, house: House): Gate {
  const connections = new Set<Connection>()
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  const isTrusted = house.trustedProxies.length === 0 ? undefined : compile([...house.trustedProxies])
  const stopHeartbeat = startHeartbeat(connections)

  function takeUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = refuseUpgrade(request)
    if (refusal === undefined) {
      sockets.handleUpgrade(request, socket, head, (webSocket) => receive(webSocket, new Visitor(request, isTrusted)))
    } else {
      endUpgrade(socket, refusal)
    }
  }

  function receive(webSocket: WebSocket, visitor: Visitor): void {
    const connection = new Connection(webSocket, visitor)
    connections.add(connection)
    let timeout = house.clock.after(REGISTRATION_TIMEOUT_MS / 1000, () => connection.close('registration_timeout'))
    let session: Session | undefined

    function take(data: RawData, isBinary: boolean): Promise<void> | undefined {
      if (connection.closing !== undefined) return undefined
      if (isBinary) {
        connection.close('unsupported_data')
        return undefined
      }
      if (session !== undefined) return takeFrame(house, session, connection, data, visitor)
      timeout()
      // What is called off would otherwise be held for as long as the session lives.
      timeout = calledOff
      return takeFirstFrame(house, connection, data, visitor, (opened) => {
        session = opened
      })
    }

    const intake = new Intake(webSocket, take, (error) => fail(house, connection, error))
    webSocket.on('message', (data: RawData, isBinary: boolean) => {
      connection.alive = true
      intake.push(data, isBinary)
    })
    webSocket.on('close', (code: number) => {
      timeout()
      connections.delete(connection)
      // One that went on by another way is no longer this one's to end.
      if (session === undefined || !session.isOn(connection)) return
      if (connection.wasLost(code)) house.sessions.suspend(session)
      else house.sessions.end(session, connection.closing)
    })
    // What a stranger does wrong on the wire ends the socket, and is no fault of ours.
    webSocket.on('error', (error) => house.log.debug({ reason: error.message, ...visitor.describe() }, 'socket failed'))
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

const calledOff = (): void => {}

function refuseUpgrade({ url = '', headers }: IncomingMessage): string | undefined {
  if (url.split('?', 1)[0] !== GATE_PATH) return '404 Not Found'
  const offered = headers['sec-websocket-protocol'] ?? ''
  const isOffered = offered.split(',').some((name) => name.trim() === SUBPROTOCOL)
  return isOffered ? undefined : '400 Bad Request'
}

function endUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
