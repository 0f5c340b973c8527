import { REGISTRATION_TIMEOUT_MS } from '@stagedoor/protocol'
import type { RawData, WebSocket } from 'ws'
import { Bucket, type Rate } from '../rate-limit/bucket.ts'
import type { Session } from '../session/session.ts'
import type { Visitor } from './client-info.ts'
import { ConnectedSocket, Connection } from './connection.ts'
import { fail } from './fail.ts'
import { Intake, type Taker } from './frame-queue.ts'
import type { GateContext } from './gate-context.ts'
import { takeFrame } from './handle-frame.ts'
import { takeFirstFrame } from './register.ts'

/** The pings of a client that are answered (RFC 6455 section 5.5.2); with more its socket is closed. */
export const PINGS: Rate = { perSecond: 2, burst: 60 }

/** A WebSocket that knows who receives it. */
export class ReceivedSocket extends ConnectedSocket {
  reception: Reception | undefined
}

/** One WebSocket from its handshake to its end: it knocks once, and may become the way to a session. */
export class Reception implements Taker {
  readonly connection: Connection
  readonly #house: GateContext
  readonly #visitor: Visitor
  readonly #intake: Intake
  readonly #connections: Set<Connection>
  #session: Session | undefined
  #pings: Bucket | undefined
  /** Calls off what happens to a socket that does not register; let go of with that. */
  #callOffTimeout: (() => void) | undefined

  private constructor(context: GateContext, socket: ReceivedSocket, visitor: Visitor, connections: Set<Connection>) {
    const connection = new Connection(socket, visitor)
    this.connection = connection
    this.#house = context
    this.#visitor = visitor
    this.#intake = new Intake(connection, this)
    this.#connections = connections
    this.#callOffTimeout = context.clock.after(REGISTRATION_TIMEOUT_MS / 1000, () =>
      connection.close('registration_timeout'),
    )
  }

  /** @param connections those that are open, of which it is one until its end. */
  static begin(context: GateContext, socket: ReceivedSocket, visitor: Visitor, connections: Set<Connection>): void {
    const reception = new Reception(context, socket, visitor, connections)
    connections.add(reception.connection)
    socket.reception = reception
    socket.on('message', hear)
    socket.on('ping', answerPing)
    socket.on('close', end)
    socket.on('error', complain)
  }

  hear(data: RawData, isBinary: boolean): void {
    this.connection.alive = true
    this.#intake.push(data, isBinary)
  }

  /** Answers a ping, of which a client that looks whether the gate is there sends few. */
  answerPing(data: Buffer): void {
    const { connection } = this
    if (connection.closing !== undefined) return
    connection.alive = true
    this.#pings ??= new Bucket()
    if (this.#pings.take(PINGS, this.#house.clock.now()) === 0) connection.pong(data)
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
    if (this.#session !== undefined) return takeFrame(this.#house, this.#session, connection, data, this.#visitor)
    this.#endTimeout()
    return takeFirstFrame(this.#house, connection, data, this.#visitor, (opened) => {
      this.#session = opened
    })
  }

  fail(error: unknown): void {
    fail(this.#house, this.connection, error)
  }

  end(code: number): void {
    this.#endTimeout()
    this.#connections.delete(this.connection)
    const session = this.#session
    // One that went on by another way is no longer this one's to end.
    if (session === undefined || !session.isOn(this.connection)) return
    if (this.connection.wasLost(code)) this.#house.sessions.suspend(session)
    else this.#house.sessions.end(session, this.connection.closing)
  }

  // What a stranger does wrong on the wire ends the socket, and is no fault of ours.
  complain(error: Error): void {
    this.#house.log.debug({ reason: error.message, ...this.#visitor.describe() }, 'socket failed')
  }

  #endTimeout(): void {
    this.#callOffTimeout?.()
    this.#callOffTimeout = undefined
  }
}

function hear(this: WebSocket, data: RawData, isBinary: boolean): void {
  receptionOf(this)?.hear(data, isBinary)
}

function answerPing(this: WebSocket, data: Buffer): void {
  receptionOf(this)?.answerPing(data)
}

function end(this: WebSocket, code: number): void {
  const reception = receptionOf(this)
  try {
    reception?.end(code)
  } catch (error) {
    reception?.fail(error)
  }
}

function complain(this: WebSocket, error: Error): void {
  receptionOf(this)?.complain(error)
}

function receptionOf(socket: WebSocket): Reception | undefined {
  return (socket as ReceivedSocket).reception
}
