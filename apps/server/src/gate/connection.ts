import { CLOSE_CODES, type CloseReason, type ServerMessage } from '@stagedoor/protocol'
import { WebSocket } from 'ws'
import type { ClientInfo } from '../refusal-log/write-report.ts'
import type { Channel, Session } from '../session/session.ts'

/** How much may wait to be sent to a client that reads slowly, in bytes. */
export const MAX_UNSENT_BYTES = 2 * 1024 * 1024
/** How many sockets are closed at one go, before others have their turn. */
const CLOSING_BATCH = 128
/** How long a client may take to answer the closing handshake, in milliseconds. */
const CLOSING_MS = 2_000
const MAX_DETAIL_LENGTH = 120

// What a client or a browser closes with of its own will (RFC 6455 section 7.4.1).
const DELIBERATE = [1000, 1001, 1005]

/**
 * A WebSocket that knows its connection. So the functions that listen to it are the same for all of them: closures for each would
 * be held for as long as it is idle.
 */
export class ConnectedSocket extends WebSocket {
  connection: Connection | undefined
}

/** One WebSocket, as the gate uses it. */
export class Connection implements Channel {
  /** Whether the client has been heard of since the last heartbeat. */
  alive = true
  readonly socket: ConnectedSocket
  readonly #client: Pick<ClientInfo, 'address'> | undefined
  /** The session that it carries. */
  session: Pick<Session, 'sent' | 'confirm'> | undefined
  /** Why this side is closing it, if it is. */
  closing: CloseReason | undefined

  /** @param client who is asked for the address at the first heartbeat: a socket that is gone knows it no more. */
  constructor(socket: ConnectedSocket, client?: Pick<ClientInfo, 'address'>) {
    this.socket = socket
    socket.connection = this
    this.#client = client
  }

  get isOpen(): boolean {
    return this.closing === undefined && this.socket.readyState === this.socket.OPEN
  }

  get unsentBytes(): number {
    return this.socket.bufferedAmount
  }

  send(text: string): void {
    if (this.closing !== undefined) return
    if (this.socket.bufferedAmount > MAX_UNSENT_BYTES) this.close('too_slow')
    else this.socket.send(text)
  }

  answer(message: ServerMessage): void {
    this.send(JSON.stringify(message))
  }

  /** Whether a socket that ended with this code was lost, rather than closed by either side's will. */
  wasLost(code: number): boolean {
    if (this.closing !== undefined) return this.closing === 'connection_lost'
    return !DELIBERATE.includes(code)
  }

  /**
   * Asks for a sign of life. The pong returns how many messages were sent before the ping (RFC 6455 section 5.5.3), which have
   * arrived then. Most sockets are gone before the first time, so it is only then that they are listened to.
   */
  ping(): void {
    if (this.socket.listenerCount('pong') === 0) {
      this.socket.on('pong', recordLife)
      void this.#client?.address
    }
    this.socket.ping(String(this.session?.sent ?? 0))
  }

  pause(): void {
    this.socket.pause()
  }

  /** Reads on, but for a client that is closed since it floods the gate. */
  resume(): void {
    if (this.closing !== 'flooded') this.socket.resume()
  }

  pong(data: Buffer): void {
    this.socket.pong(data)
  }

  /**
   * Closes the socket soon; from now on nothing that it sends is heard, and nothing more is sent to it.
   *
   * @param detail replaces the reason's own name; at most 120 characters of it are sent (RFC 6455 section 5.5).
   */
  close(reason: CloseReason, detail: string = reason): void {
    if (this.closing !== undefined || this.socket.readyState > this.socket.OPEN) return
    this.closing = reason
    // Reading on from a client that floods the gate would cost CPU until the socket has closed.
    if (reason === 'flooded') this.pause()
    hangUp(() => {
      this.socket.close(CLOSE_CODES[reason].code, detail.slice(0, MAX_DETAIL_LENGTH).replace(/[^ -~]/g, '?'))
      setTimeout(() => this.socket.terminate(), CLOSING_MS).unref()
    })
  }
}

function recordLife(this: WebSocket, data: Buffer): void {
  const { connection } = this as ConnectedSocket
  if (connection === undefined) return
  connection.alive = true
  const received = Number(data)
  if (Number.isSafeInteger(received)) connection.session?.confirm(received)
}

const toClose: (() => void)[] = []

/**
 * Closes a socket soon, in its turn. To close one costs several times what it costs to end its session, so a great many at
 * once would keep everybody else waiting; the sessions have ended by then.
 */
function hangUp(close: () => void): void {
  if (toClose.push(close) === 1) setImmediate(takeTurns)
}

function takeTurns(): void {
  for (const close of toClose.splice(0, CLOSING_BATCH)) close()
  if (toClose.length > 0) setImmediate(takeTurns)
}
