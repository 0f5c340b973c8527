import { SUBPROTOCOL } from '@stagedoor/protocol'
import { WebSocket } from '#websocket'
import { ConnectionError } from '../errors.ts'
import {
  type Answer,
  type AnswerTo,
  type GateEvent,
  type Notice,
  type Request,
  type Requester,
  readMessage,
} from './messages.ts'
import { readCloseCode } from './read-close-code.ts'
import { Requests } from './requests.ts'
import type { Socket } from './socket.ts'

const OPEN_TIMEOUT_MS = 10_000
const ANSWER_TIMEOUT_MS = 15_000
/** What browsers report where a connection ended without a close frame (RFC 6455 section 7.1.5). */
const ABNORMAL_CLOSURE = 1006

export interface ConnectionHandlers {
  readonly onEvent: (event: GateEvent) => void
  /** Called once, after which nothing more is called. Not called where this side closed. */
  readonly onClosed: (code: number) => void
}

/** Opens a WebSocket to the gate. Rejects with a ConnectionError where that does not succeed within 10 s. */
export function connect(url: string, handlers: ConnectionHandlers): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, SUBPROTOCOL)
    const fail = () => {
      clearTimeout(timer)
      release(socket)
      socket.close()
      reject(new ConnectionError('The gate cannot be reached'))
    }
    const timer = setTimeout(fail, OPEN_TIMEOUT_MS)
    socket.onclose = fail
    socket.onerror = fail
    socket.onopen = () => {
      clearTimeout(timer)
      resolve(new Connection(socket, handlers))
    }
  })
}

/** One WebSocket and the requests that wait on it. */
export class Connection implements Requester {
  readonly #socket: Socket
  readonly #handlers: ConnectionHandlers
  readonly #requests = new Requests()
  #open = true

  constructor(socket: Socket, handlers: ConnectionHandlers) {
    this.#socket = socket
    this.#handlers = handlers
    socket.onopen = null
    socket.onerror = () => {}
    socket.onclose = ({ code }) => this.#lose(code)
    socket.onmessage = ({ data }) => this.#receive(data)
  }

  request<Type extends Request['type']>(
    message: Extract<Request, { type: Type }>,
    accept?: (answer: AnswerTo<Type>) => void,
  ): Promise<AnswerTo<Type>> {
    return new Promise((resolve, reject) => {
      if (!this.#open) return reject(new ConnectionError('The connection to the gate is closed'))
      const ref = this.#requests.add({
        accept: (answer) => {
          accept?.(answer as AnswerTo<Type>)
          resolve(answer as AnswerTo<Type>)
        },
        reject,
        timeoutMs: ANSWER_TIMEOUT_MS,
        // A gate that does not answer is a connection that is lost, though TCP may not know it yet.
        onTimeout: () => this.#lose(ABNORMAL_CLOSURE),
      })
      this.#socket.send(JSON.stringify({ ...message, ref }))
    })
  }

  tell(notice: Notice): void {
    if (this.#open) this.#socket.send(JSON.stringify(notice))
  }

  close(): void {
    this.#end('closed by this side')
  }

  #receive(frame: unknown): void {
    const message = readMessage(frame)
    if (message === undefined) return
    if ('ref' in message) this.#requests.settle(message as Answer)
    else this.#handlers.onEvent(message)
  }

  #lose(code: number): void {
    if (this.#end(readCloseCode(code).reason)) this.#handlers.onClosed(code)
  }

  #end(why: string): boolean {
    if (!this.#open) return false
    this.#open = false
    release(this.#socket)
    this.#socket.close(1000)
    this.#requests.rejectAll(new ConnectionError(`The connection to the gate ended before the answer came (${why})`))
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
