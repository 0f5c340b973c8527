import {
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
import type { LazyClientInfo } from './client-info.ts'
import type { Connection } from './connection.ts'
import { decideAndSpend } from './decide-and-spend.ts'
import { eject } from './eject.ts'
import { fail } from './fail.ts'
import { settleSaid, waitToSay } from './fan-out.ts'
import type { GateContext } from './gate-context.ts'
import { bytesOf, peekRef, peekRenewal } from './peek-frame.ts'
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
export function handleFrame(
  context: GateContext,
  session: Session,
  connection: Connection,
  data: RawData,
  client: LazyClientInfo,
): Promise<void> | undefined {
  const bytes = bytesOf(data)
  const now = context.clock.now()
  const { messagesPerSecond } = session.admission
  let wait = session.pace.countFrame(messagesPerSecond, bytes.length, now)
  const isCounted = wait > 0 && peekRenewal(bytes)
  if (isCounted) wait = session.pace.countRenewal(now)
  if (wait > 0) {
    refuseFlood(
      context,
      session,
      connection,
      { ref: peekRef(bytes), wait, check: isCounted ? 'renewal_rate' : 'message_rate' },
      client,
    )
    return undefined
  }
  const frame = readFrame(bytes, sessionMessageSchema)
  if (frame.ok) {
    const { message } = frame
    if (message.type !== 'renew') return takeRequest(context, session, connection, message, client)
    const tooSoon = isCounted ? 0 : session.pace.countRenewal(now)
    if (tooSoon === 0) return renew(context, session, connection, message, client)
    refuseFlood(context, session, connection, { ref: message.ref, wait: tooSoon, check: 'renewal_rate' }, client)
  } else if (frame.ref !== undefined) {
    connection.answer({ type: 'failed', ref: frame.ref, code: 'message_malformed', message: frame.reason })
  } else {
    session.close('protocol_error', frame.reason)
  }
  return undefined
}

function takeRequest(
  context: GateContext,
  session: Session,
  connection: Connection,
  message: Exclude<SessionMessage, { type: 'renew' }>,
  client: LazyClientInfo,
): undefined {
  const now = context.clock.now()
  const wait = waitToSay(context, session, message, now)
  if (wait > 0) {
    const ref = 'ref' in message ? message.ref : undefined
    refuseFlood(context, session, connection, { ref, wait, check: 'fan_out_rate' }, client)
    return
  }
  const give = (answer: ServerMessage | undefined): void => {
    if (answer?.type === 'refused') recordDenial(context, session, message, answer, client)
    if (answer !== undefined) connection.answer(answer)
  }
  const answer = message.type === 'eject' ? eject(context, session, message) : answerRequest(context, session, message)
  // Nothing waits for an answer that comes when the store has answered: it bears the ref of its request.
  if (answer instanceof Promise) answer.then(give).catch((error) => fail(context, connection, error))
  else give(answer)
  settleSaid(context, session, message, now)
}

// A fresh token is judged as the first was, and for the same user. One that is refused leaves the session as it is.
function renew(
  context: GateContext,
  session: Session,
  connection: Connection,
  { ref, token }: SessionMessageOf<'renew'>,
  client: LazyClientInfo,
): Promise<void> | undefined {
  return withKeys(context, connection, { apiKey: session.apiKey, token }, () =>
    decideAndSpend(
      context,
      connection,
      (spent) => context.registrar.answerRenewal(session, token, spent),
      (decision) => connection.answer(putInForce(context, session, { ref, decision, client })),
    ),
  )
}

function putInForce(
  context: GateContext,
  session: Session,
  {
    ref,
    decision,
    client,
  }: { readonly ref: number; readonly decision: Admission | Refusal; readonly client: LazyClientInfo },
): ServerMessage {
  if (!decision.ok) {
    return refuseRegistration(context, ref, { apiKey: session.apiKey, id: session.userId }, decision, client)
  }
  context.registrar.renew(session, decision)
  applyPermissions(context.conversations, session)
  return {
    type: 'renewed',
    ref,
    expiresAt: decision.expiresAt,
    serverTime: context.clock.now(),
    iceServers: context.iceServers(session),
  }
}
