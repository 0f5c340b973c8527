import type { ServerMessage, ServerMessageOf, SessionMessage, SessionMessageOf } from '@stagedoor/protocol'

type WithoutRef<Message> = Message extends unknown ? Omit<Message, 'ref'> : never

/** What is answered. The `ref` is given when it is sent. */
export type Request = WithoutRef<Exclude<SessionMessage, { type: 'signal' }>>

/** What is sent without an answer. */
export type Notice = SessionMessageOf<'signal'>

interface Answers {
  readonly renew: 'renewed'
  readonly join: 'joined'
  readonly publish: 'published'
}

export type AnswerTo<Type extends Request['type']> = ServerMessageOf<
  Type extends keyof Answers ? Answers[Type] : 'done'
>

/** What the gate tells without being asked. */
export type GateEvent = Exclude<ServerMessage, { ref: number }>

export type Answer = Extract<ServerMessage, { ref: number }>

/** Sends a request and hands on its answer: what a session asks of its connection. */
export interface Requester {
  /**
   * Rejects with a RefusedError, a FailedError or a ConnectionError. `accept` is called before anything that the gate sent
   * after the answer is looked at.
   */
  request<Type extends Request['type']>(
    message: Extract<Request, { type: Type }>,
    accept?: (answer: AnswerTo<Type>) => void,
  ): Promise<AnswerTo<Type>>
  /** Sends a notice, at once or as soon as the connection is back. Throws a FailedError if it is too large. */
  tell(notice: Notice): void
}

/** Reads one frame of the gate; what is not a message gives undefined. */
export function readMessage(frame: unknown): ServerMessage | undefined {
  if (typeof frame !== 'string') return undefined
  try {
    const message: unknown = JSON.parse(frame)
    const isMessage = typeof message === 'object' && message !== null && 'type' in message
    return isMessage ? (message as ServerMessage) : undefined
  } catch {
    return undefined
  }
}
