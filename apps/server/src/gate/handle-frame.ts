import {
  FAILURE_MESSAGES,
  type FailureCode,
  MAX_FRAME_BYTES,
  type ServerMessage,
  type SessionMessage,
  type SessionMessageOf,
  sessionMessageSchema,
} from '@stagedoor/protocol'
import type { RawData } from 'ws'
import type { Admission } from '../admission/admit.ts'
import type { Refusal } from '../admission/refusal.ts'
import { applyPermissions } from '../conversation/apply-permissions.ts'
import type { Session } from '../session/session.ts'
import { answerRequest } from './answer.ts'
import { decideAndSpend } from './decide-and-spend.ts'
import { eject } from './eject.ts'
import { fail } from './fail.ts'
import { settleSaid, waitToSay } from './fan-out.ts'
import type { FrameContext } from './frame-context.ts'
import { bytesOf, isSignal, peekRef, peekRenewal } from './peek-frame.ts'
import { readFrame } from './read-frame.ts'
import { recordDenial, refuseRegistration } from './refuse.ts'
import { refuseFlood } from './refuse-flood.ts'
import { withKeys } from './with-keys.ts'

/**
 * Takes a frame of a session, and answers it; a frame that cannot be answered closes it. What is beyond the session's limits is
 * not parsed.
 *
 * @returns what to wait for before the next one, if anything.
 */
export function handleFrame(context: FrameContext, session: Session, data: RawData): Promise<void> | undefined {
  const { gate } = context
  const bytes = bytesOf(data)
  const now = gate.clock.now()
  session.received++
  // The client would not go on here if it did not have its newest ticket.
  gate.sessions.tickets.confirm(session)
  const { messagesPerSecond } = session.admission
  let wait = session.pace.countFrame(messagesPerSecond, bytes.length, now)
  const isCounted = wait > 0 && peekRenewal(bytes)
  if (isCounted) wait = session.pace.countRenewal(now)
  if (wait > 0) {
    const check = isCounted ? 'renewal_rate' : 'message_rate'
    refuseFlood(context, session, { ref: peekRef(bytes), wait, check })
    return undefined
  }
  if (bytes.length > MAX_FRAME_BYTES && !isSignal(bytes)) {
    refuseFrame(session, { ref: peekRef(bytes), code: 'message_too_large' })
    return undefined
  }
  const frame = readFrame(bytes, sessionMessageSchema)
  if (frame.ok) {
    const { message } = frame
    if (message.type !== 'renew') return takeRequest(context, session, message)
    const tooSoon = isCounted ? 0 : session.pace.countRenewal(now)
    if (tooSoon === 0) return renew(context, session, message)
    refuseFlood(context, session, { ref: message.ref, wait: tooSoon, check: 'renewal_rate' })
  } else {
    refuseFrame(session, { ref: frame.ref, code: 'message_malformed', reason: frame.reason })
  }
  return undefined
}

function refuseFrame(
  session: Session,
  {
    ref,
    code,
    reason = FAILURE_MESSAGES[code],
  }: { readonly ref: number | undefined; readonly code: FailureCode; readonly reason?: string },
): void {
  if (ref === undefined) session.close('protocol_error', reason)
  else session.send({ type: 'failed', ref, code, message: reason })
}

function takeRequest(
  context: FrameContext,
  session: Session,
  message: Exclude<SessionMessage, { type: 'renew' }>,
): undefined {
  const { gate, connection, client } = context
  const now = gate.clock.now()
  const wait = waitToSay(gate, session, message, now)
  if (wait > 0) {
    const ref = 'ref' in message ? message.ref : undefined
    refuseFlood(context, session, { ref, wait, check: 'fan_out_rate' })
    return
  }
  const give = (answer: ServerMessage | undefined): void => {
    if (answer?.type === 'refused') recordDenial(gate, session, message, answer, client)
    if (answer !== undefined) session.send(answer)
  }
  const answer = message.type === 'eject' ? eject(gate, session, message) : answerRequest(gate, session, message)
  // Nothing waits for an answer that comes when the store has answered: it bears the ref of its request.
  if (answer instanceof Promise) answer.then(give).catch((error) => fail(gate, connection, error))
  else give(answer)
  settleSaid(gate, session, message, now)
}

// A fresh token is judged as the first was, and for the same user. One that is refused leaves the session as it is.
function renew(
  context: FrameContext,
  session: Session,
  { ref, token }: SessionMessageOf<'renew'>,
): Promise<void> | undefined {
  const { gate } = context
  // It goes on where the connection is lost meanwhile: the answer is kept for when the client is back.
  const isWanted = () => gate.sessions.has(session)
  return withKeys(gate, isWanted, { apiKey: session.apiKey, token }, () =>
    decideAndSpend(
      gate,
      isWanted,
      (spent) => gate.registrar.answerRenewal(session, token, spent),
      (decision) => session.send(putInForce(context, session, ref, decision)),
    ),
  )
}

function putInForce(
  { gate, client }: FrameContext,
  session: Session,
  ref: number,
  decision: Admission | Refusal,
): ServerMessage {
  if (!decision.ok) {
    return refuseRegistration(gate, ref, { apiKey: session.apiKey, id: session.userId }, decision, client)
  }
  const { userData } = session
  gate.registrar.renew(session, decision)
  applyPermissions(gate.conversations, session, userData)
  return {
    type: 'renewed',
    ref,
    expiresAt: decision.expiresAt,
    serverTime: gate.clock.now(),
    iceServers: gate.iceServers(session),
  }
}
