import { firstMessageSchema, MAX_FIRST_FRAME_BYTES, type Register, type Resume } from '@stagedoor/protocol'
import type { RawData } from 'ws'
import type { Admission } from '../admission/admit.ts'
import type { Refusal } from '../admission/refusal.ts'
import { FREE_FIRST_FRAME_BYTES } from '../registration/turnstile.ts'
import type { ClientAttempt, Session } from '../session/session.ts'
import { decideAndSpend } from './decide-and-spend.ts'
import type { FrameContext } from './frame-context.ts'
import { bytesOf } from './peek-frame.ts'
import { readFrame } from './read-frame.ts'
import { recordDenial, refusal, refuseRegistration } from './refuse.ts'
import { withKeys } from './with-keys.ts'

/**
 * Takes the first frame of a socket: a registration that is admitted becomes a session, a ticket goes on with one, and
 * either is answered; anything else closes the socket.
 *
 * @param onSession called with the session, at once or when what it waits for has come: its key, or the mark that its token is used.
 * @returns what to wait for, if anything.
 */
export function handleFirstFrame(
  context: FrameContext,
  data: RawData,
  onSession: (session: Session | undefined) => void,
): Promise<void> | undefined {
  const { gate, connection, client } = context
  const bytes = bytesOf(data)
  if (bytes.length > MAX_FIRST_FRAME_BYTES) {
    connection.close('frame_too_large')
    return undefined
  }
  if (bytes.length > FREE_FIRST_FRAME_BYTES && gate.registrar.countLargeAttempt(client, bytes.length) > 0) {
    connection.close('flooded')
    return undefined
  }
  const frame = readFrame(bytes, firstMessageSchema)
  if (!frame.ok) {
    connection.close('protocol_error', frame.reason)
    return undefined
  }
  const { message } = frame
  if (message.type === 'register') {
    const begun = gate.stopwatch.now()
    // Before anything is done for it: to fetch a key or to check a signature is work.
    const tooMany = gate.registrar.countAttempt(message.apiKey, client)
    if (tooMany === undefined) {
      return withKeys(
        gate,
        () => connection.isOpen,
        message,
        () => register(context, message, begun, onSession),
      )
    }
    turnAway(context, message, tooMany)
    return undefined
  }
  onSession(resume(context, message))
  return undefined
}

/** @param begun when its frame arrived, by the stopwatch. */
function register(
  context: FrameContext,
  message: Register,
  begun: number,
  onSession: (session: Session) => void,
): Promise<void> | undefined {
  const { gate, connection, client } = context
  const { registrar, stopwatch } = gate
  const request = { ...message, origin: client.origin }
  return decideAndSpend(
    gate,
    () => connection.isOpen,
    (spent) => {
      if (spent !== undefined) return registrar.answer(request, spent)
      const looked = stopwatch.now()
      const decision = registrar.answer(request)
      stopwatch.verified(stopwatch.now() - looked)
      return decision
    },
    (decision) => {
      if (decision.ok && registrar.isOutdated(message)) connection.close('session_replaced')
      else if (decision.ok) onSession(open(context, message, decision, begun))
      else turnAway(context, message, decision)
    },
  )
}

function open(
  { gate, connection, client }: FrameContext,
  message: Register,
  decision: Admission,
  begun: number,
): Session {
  const { stopwatch } = gate
  const session = gate.registrar.open(decision, connection, client, attemptOf(message))
  connection.answer({
    type: 'registered',
    ref: message.ref,
    sessionId: session.id,
    id: session.userId,
    expiresAt: decision.expiresAt,
    serverTime: gate.clock.now(),
    iceServers: gate.iceServers(session),
    resume: gate.sessions.tickets.issue(session),
  })
  stopwatch.admitted(stopwatch.now() - begun)
  return session
}

function attemptOf({ clientId, attempt = 0 }: Register): ClientAttempt | undefined {
  return clientId === undefined ? undefined : { clientId, attempt }
}

function turnAway({ gate, connection, client }: FrameContext, message: Register, verdict: Refusal): void {
  connection.answer(refuseRegistration(gate, message.ref, message, verdict, client))
  connection.close('refused')
}

// An invalid ticket does not say whose it was.
const NOBODY = { apiKey: '', userId: '' }

function resume({ gate, connection, client }: FrameContext, message: Resume): Session | undefined {
  const resumption = gate.registrar.resume(message, client.origin, connection)
  const { ref } = message
  if (resumption === undefined) {
    const answer = refusal(gate, ref, 'resume_refused')
    recordDenial(gate, NOBODY, { type: 'resume' }, answer, client)
    connection.answer(answer)
    connection.close('refused')
    return undefined
  }
  const { session, missed } = resumption
  connection.answer({
    type: 'resumed',
    ref,
    expiresAt: session.admission.expiresAt,
    serverTime: gate.clock.now(),
    received: session.received,
    resume: gate.sessions.tickets.issue(session, message.ticket),
  })
  for (const text of missed) connection.send(text)
  return session
}
