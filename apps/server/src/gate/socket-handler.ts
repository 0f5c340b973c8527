import { REGISTRATION_TIMEOUT_MS } from '@stagedoor/protocol'
import type { RawData, WebSocket } from 'ws'
import { Bucket, type Rate } from '../rate-limit/bucket.ts'
import type { Session } from '../session/session.ts'
import { allowSignals } from './allow-signals.ts'
import type { LazyClientInfo } from './client-info.ts'
import { ConnectedSocket, Connection } from './connection.ts'
import { fail } from './fail.ts'
import type { FrameContext } from './frame-context.ts'
import { type FrameHandler, FrameQueue } from './frame-queue.ts'
import type { GateContext } from './gate-context.ts'
import { handleFrame } from './handle-frame.ts'
import { handleFirstFrame } from './register.ts'

/** The pings of a client that are answered (RFC 6455 section 5.5.2); with more its socket is closed. */
export const PINGS: Rate = { perSecond: 2, burst: 60 }

/** A WebSocket that knows who receives it. */
export class ReceivedSocket extends ConnectedSocket {
  handler: SocketHandler | undefined
}

/** One WebSocket from its handshake to its end. It registers once, and then carries a session. */
export class SocketHandler implements FrameHandler, FrameContext {
  readonly gate: GateContext
  readonly connection: Connection
  readonly client: LazyClientInfo
  readonly #frames: FrameQueue
  readonly #connections: Set<Connection>
  #session: Session | undefined
  #pings: Bucket | undefined
  /** Cancels the timeout for clients that do not register. */
  #cancelTimeout: (() => void) | undefined

  private constructor(gate: GateContext, socket: ReceivedSocket, client: LazyClientInfo, connections: Set<Connection>) {
    const connection = new Connection(socket, client)
    this.gate = gate
    this.connection = connection
    this.client = client
    this.#frames = new FrameQueue(connection, this)
    this.#connections = connections
    this.#cancelTimeout = gate.clock.after(REGISTRATION_TIMEOUT_MS / 1000, () =>
      connection.close('registration_timeout'),
    )
  }

  /** @param connections those that are open, of which it is one until its end. */
  static begin(gate: GateContext, socket: ReceivedSocket, client: LazyClientInfo, connections: Set<Connection>): void {
    const handler = new SocketHandler(gate, socket, client, connections)
    connections.add(handler.connection)
    socket.handler = handler
    socket.on('message', hear)
    socket.on('ping', answerPing)
    socket.on('close', end)
    socket.on('error', complain)
  }

  hear(data: RawData, isBinary: boolean): void {
    this.connection.alive = true
    this.#frames.push(data, isBinary)
  }

  /** Answers a ping, of which a client that looks whether the gate is there sends few. */
  answerPing(data: Buffer): void {
    const { connection } = this
    if (connection.closing !== undefined) return
    connection.alive = true
    this.#pings ??= new Bucket()
    if (this.#pings.take(PINGS, this.gate.clock.now()) === 0) connection.pong(data)
    else if (this.#session === undefined) connection.close('flooded')
    else this.#session.close('flooded')
  }

  take(data: RawData, isBinary: boolean): Promise<void> | undefined {
    const { connection } = this
    if (connection.closing !== undefined) return undefined
    if (isBinary) {
      connection.close('unsupported_data')
      return undefined
    }
    if (this.#session !== undefined) {
      // What is left of a connection that was lost is not counted, so a client that resumes sends it again.
      const isCurrent = this.#session.isOn(connection) && this.gate.sessions.has(this.#session)
      return isCurrent ? handleFrame(this, this.#session, data) : undefined
    }
    this.#endTimeout()
    return handleFirstFrame(this, data, (opened) => {
      this.#session = opened
      if (opened === undefined) return
      connection.session = opened
      allowSignals(connection.socket)
    })
  }

  fail(error: unknown): void {
    fail(this.gate, this.connection, error)
  }

  end(code: number): void {
    this.#endTimeout()
    this.#connections.delete(this.connection)
    const session = this.#session
    // One that went on by another way is no longer this one's to end.
    if (session === undefined || !session.isOn(this.connection)) return
    if (this.connection.wasLost(code)) this.gate.sessions.suspend(session)
    else this.gate.sessions.end(session, this.connection.closing)
  }

  // What a stranger does wrong on the wire ends the socket, and is no fault of ours.
  complain(error: Error): void {
    this.gate.log.debug({ reason: error.message, ...this.client.describe() }, 'socket failed')
  }

  #endTimeout(): void {
    this.#cancelTimeout?.()
    this.#cancelTimeout = undefined
  }
}

function hear(this: WebSocket, data: RawData, isBinary: boolean): void {
  handlerOf(this)?.hear(data, isBinary)
}

function answerPing(this: WebSocket, data: Buffer): void {
  handlerOf(this)?.answerPing(data)
}

function end(this: WebSocket, code: number): void {
  const handler = handlerOf(this)
  try {
    handler?.end(code)
  } catch (error) {
    handler?.fail(error)
  }
}

function complain(this: WebSocket, error: Error): void {
  handlerOf(this)?.complain(error)
}

function handlerOf(socket: WebSocket): SocketHandler | undefined {
  return (socket as ReceivedSocket).handler
}
