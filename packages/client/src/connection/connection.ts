import { type Register, type Resume, type ServerMessage, type ServerMessageOf, SUBPROTOCOL } from '@stagedoor/protocol'
import { WebSocket } from '#websocket'
import { ConnectionError, FailedError, RefusedError } from '../errors.ts'
import { readMessage } from './messages.ts'
import type { Socket } from './socket.ts'

/** How long a WebSocket may take to open, in milliseconds. */
export const OPEN_TIMEOUT_MS = 10_000
/** How long the gate may take to answer, in milliseconds. */
export const ANSWER_TIMEOUT_MS = 15_000
/** What browsers report where a connection ended without a close frame (RFC 6455 section 7.1.5). */
const ABNORMAL_CLOSURE = 1006
const FIRST_REF = 1

type First = Omit<Register, 'ref'> | Omit<Resume, 'ref'>
type Accepted = ServerMessageOf<'registered' | 'resumed'>

export interface ConnectionHandlers {
  /** Called with the answer to the first message, before anything that the gate sent after it. */
  readonly onAccepted: (connection: Connection, accepted: Accepted) => void
  readonly onMessage: (message: ServerMessage) => void
  /** Called once, after which nothing more is called. Not called where this side closed the connection, or before it was accepted. */
  readonly onClosed: (code: number) => void
}

/**
 * Opens a WebSocket to the gate, and registers or resumes a session on it. Rejects with a RefusedError, or with a ConnectionError
 * if the gate cannot be reached, does not answer in time, or `signal` aborts.
 */
export function connect(
  url: string,
  first: First,
  handlers: ConnectionHandlers,
  signal: AbortSignal,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, SUBPROTOCOL)
    const stop = (error?: Error) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      if (error === undefined) return
      release(socket)
      socket.close()
      reject(error)
    }
    const abort = () => stop(new ConnectionError('The session was closed while it was being opened'))
    let timer = setTimeout(() => stop(new ConnectionError('The gate cannot be reached')), OPEN_TIMEOUT_MS)
    socket.onclose = () => stop(new ConnectionError('The gate cannot be reached'))
    socket.onerror = () => stop(new ConnectionError('The gate cannot be reached'))
    socket.onopen = () => {
      clearTimeout(timer)
      timer = setTimeout(() => stop(new ConnectionError('The gate did not answer in time')), ANSWER_TIMEOUT_MS)
      socket.onclose = () => stop(new ConnectionError('The gate closed the connection before it answered'))
      socket.send(JSON.stringify({ ...first, ref: FIRST_REF }))
    }
    socket.onmessage = ({ data }) => {
      const answer = readMessage(data)
      if (answer === undefined || !('ref' in answer)) return
      if (answer.type === 'refused') return stop(new RefusedError(answer))
      if (answer.type === 'failed') return stop(new FailedError(answer))
      if (answer.type !== 'registered' && answer.type !== 'resumed') return
      stop()
      const connection = new Connection(socket, handlers)
      handlers.onAccepted(connection, answer)
      resolve(connection)
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort)
  })
}

/** A WebSocket that carries a session. */
export class Connection {
  readonly #socket: Socket
  readonly #handlers: ConnectionHandlers
  #open = true
  /** When the gate was last heard, in milliseconds since 1970. */
  heardAt = Date.now()

  constructor(socket: Socket, handlers: ConnectionHandlers) {
    this.#socket = socket
    this.#handlers = handlers
    socket.onopen = null
    socket.onerror = () => {}
    socket.onclose = ({ code }) => this.lose(code)
    socket.onmessage = ({ data }) => this.#receive(data)
  }

  send(text: string): void {
    if (this.#open) this.#socket.send(text)
  }

  close(): void {
    this.#end()
  }

  /** Gives the connection up: it has ended, or nothing is heard of the gate though it may not have. */
  lose(code: number = ABNORMAL_CLOSURE): void {
    if (this.#end()) this.#handlers.onClosed(code)
  }

  #receive(frame: unknown): void {
    this.heardAt = Date.now()
    const message = readMessage(frame)
    if (message !== undefined) this.#handlers.onMessage(message)
  }

  #end(): boolean {
    if (!this.#open) return false
    this.#open = false
    release(this.#socket)
    this.#socket.close(1000)
    return true
  }
}

/** A socket that nobody listens to any more may still fail; that is of no interest then. */
function release(socket: Socket): void {
  socket.onopen = null
  socket.onmessage = null
  socket.onclose = null
  socket.onerror = () => {}
}
