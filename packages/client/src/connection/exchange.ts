import { FAILURE_MESSAGES, type FailureCode, MAX_FRAME_BYTES, MAX_SIGNAL_FRAME_BYTES } from '@stagedoor/protocol'
import { ConnectionError, FailedError, RefusedError } from '../errors.ts'
import type { Answer, AnswerTo, Notice, Request, Requester } from './messages.ts'

/** The most requests that wait for an answer at a time. */
export const MAX_WAITING = 512
/** The most frames that are kept while the connection is lost. With more the session cannot be resumed. */
export const MAX_KEPT = 1_024
/** After how many signals, which have no answer, the gate is asked for one, so that they need not be kept any more. */
const SIGNALS_PER_PING = 64

export interface ExchangeConnection {
  send(text: string): void
  lose(): void
}

interface Waiting {
  /** The number of its frame. */
  readonly frame: number
  readonly accept: (answer: Answer) => void
  readonly reject: (error: Error) => void
  /** How often the gate did not answer in time. */
  overdue: number
}

/**
 * The messages of one session, over as many connections as that takes. Both sides count what they receive, and when a session is
 * resumed each sends again what the other has not received. So every request is carried out once and every answer arrives, in
 * order, unless the session itself is lost.
 */
export class Exchange implements Requester {
  readonly #answerTimeoutMs: number
  readonly #waiting = new Map<number, Waiting>()
  /** The frames that the gate may not have received, the oldest first. */
  readonly #kept: string[] = []
  #connection: ExchangeConnection | undefined
  #lastRef = 0
  #sent = 0
  #received = 0
  #signals = 0
  #overflowed = false
  #ended: Error | undefined
  #watchdog: ReturnType<typeof setTimeout> | undefined

  /** @param answerTimeoutMs how long the gate may take to answer before its connection counts as lost. */
  constructor(answerTimeoutMs: number) {
    this.#answerTimeoutMs = answerTimeoutMs
  }

  /** How many messages of the session this side has received. */
  get received(): number {
    return this.#received
  }

  /** Whether the gate can still be sent everything that it has not received. */
  get canResume(): boolean {
    return !this.#overflowed
  }

  request<Type extends Request['type']>(
    message: Extract<Request, { type: Type }>,
    accept?: (answer: AnswerTo<Type>) => void,
  ): Promise<AnswerTo<Type>> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended)
      if (this.#waiting.size >= MAX_WAITING) return reject(failure('limit_reached'))
      const ref = this.#lastRef + 1
      // Before anything is changed: what JSON cannot hold throws here.
      const text = JSON.stringify({ ...message, ref })
      if (isLargerThan(text, MAX_FRAME_BYTES)) return reject(failure('message_too_large'))
      this.#lastRef = ref
      this.#waiting.set(ref, {
        frame: this.#sent + 1,
        accept: (answer) => {
          accept?.(answer as AnswerTo<Type>)
          resolve(answer as AnswerTo<Type>)
        },
        reject,
        overdue: 0,
      })
      this.#send(text)
      this.#watch()
    })
  }

  tell(notice: Notice): void {
    if (this.#ended !== undefined) return
    const text = JSON.stringify(notice)
    if (isLargerThan(text, MAX_SIGNAL_FRAME_BYTES)) throw failure('message_too_large')
    this.#send(text)
    if (++this.#signals % SIGNALS_PER_PING === 0) this.ping()
  }

  /** Asks for a sign of life. */
  ping(): void {
    this.request({ type: 'ping' }).catch(() => {})
  }

  /** Takes a message of the session. Returns it if it is not an answer. */
  receive<Message extends { readonly type: string }>(message: Message | Answer): Message | undefined {
    this.#received++
    if (!('ref' in message)) return message
    this.#settle(message as Answer)
    return undefined
  }

  /**
   * Goes on over a new connection, after the gate has said how many frames it has received. Returns whether that is possible: it is
   * not where one of the others is not kept any more.
   */
  attach(connection: ExchangeConnection, receivedByGate: number): boolean {
    const missed = this.#sent - receivedByGate
    if (this.#overflowed || missed < 0 || missed > this.#kept.length) return false
    this.#acknowledge(receivedByGate)
    this.#connection = connection
    for (const text of this.#kept) connection.send(text)
    this.#watch()
    return true
  }

  /** The connection is lost. What is sent from now on waits for the next one. */
  detach(): void {
    this.#connection = undefined
    clearTimeout(this.#watchdog)
  }

  /** The session is gone, and with it everything that was not answered. */
  end(error: Error): void {
    if (this.#ended !== undefined) return
    this.#ended = error
    this.detach()
    this.#kept.length = 0
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }

  #send(text: string): void {
    this.#sent++
    this.#kept.push(text)
    if (this.#connection !== undefined) this.#connection.send(text)
    else if (this.#kept.length > MAX_KEPT) this.#overflowed = true
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.ref)
    if (waiting === undefined) return
    this.#waiting.delete(answer.ref)
    this.#acknowledge(waiting.frame)
    this.#watch()
    if (answer.type === 'refused') waiting.reject(new RefusedError(answer))
    else if (answer.type === 'failed') waiting.reject(new FailedError(answer))
    else waiting.accept(answer)
  }

  /** The gate has received the frames up to that number. */
  #acknowledge(frame: number): void {
    const first = this.#sent - this.#kept.length + 1
    if (frame >= first) this.#kept.splice(0, frame - first + 1)
  }

  /** Begins to wait for the next answer. */
  #watch(): void {
    clearTimeout(this.#watchdog)
    if (this.#connection === undefined || this.#waiting.size === 0) return
    this.#watchdog = setTimeout(() => this.#onOverdue(), this.#answerTimeoutMs)
  }

  #onOverdue(): void {
    for (const [ref, waiting] of this.#waiting) {
      if (++waiting.overdue < 2) continue
      this.#waiting.delete(ref)
      waiting.reject(new ConnectionError('The gate did not answer in time'))
    }
    // A gate that does not answer is a connection that is lost, though TCP may not know it yet.
    this.#connection?.lose()
  }
}

function failure(code: FailureCode): FailedError {
  return new FailedError({ code, message: FAILURE_MESSAGES[code] })
}

function isLargerThan(text: string, bytes: number): boolean {
  // A character of a string is at most three bytes of UTF-8.
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes
}
