import { firstMessageSchema, MAX_FIRST_FRAME_BYTES, type Register, type Resume } from '@stagedoor/protocol'
import type { RawData } from 'ws'
import type { Admission } from '../admission/admit.ts'
import type { Refusal } from '../admission/refusal.ts'
import { FREE_FIRST_FRAME_BYTES } from '../registration/turnstile.ts'
import type { Session } from '../session/session.ts'
import type { LazyClientInfo } from './client-info.ts'
import type { Connection } from './connection.ts'
import { decideAndSpend } from './decide-and-spend.ts'
import type { GateContext } from './gate-context.ts'
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
  context: GateContext,
  connection: Connection,
  data: RawData,
  client: LazyClientInfo,
  onSession: (session: Session | undefined) => void,
): Promise<void> | undefined {
  const bytes = bytesOf(data)
  if (bytes.length > MAX_FIRST_FRAME_BYTES) {
    connection.close('frame_too_large')
    return undefined
  }
  if (bytes.length > FREE_FIRST_FRAME_BYTES && context.registrar.countLargeAttempt(client, bytes.length) > 0) {
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
    const begun = context.stopwatch.now()
    // Before anything is done for it: to fetch a key or to check a signature is work.
    const tooMany = context.registrar.countAttempt(message.apiKey, client)
    if (tooMany === undefined) {
      return withKeys(context, connection, message, () =>
        register(context, connection, message, { client, begun, onSession }),
      )
    }
    turnAway(context, connection, message, tooMany, client)
    return undefined
  }
  onSession(resume(context, connection, message, client))
  return undefined
}

function register(
  context: GateContext,
  connection: Connection,
  message: Register,
  { client, begun, onSession }: Registering,
): Promise<void> | undefined {
  const { registrar, stopwatch } = context
  const request = { ...message, origin: client.origin }
  return decideAndSpend(
    context,
    connection,
    (spent) => {
      if (spent !== undefined) return registrar.answer(request, spent)
      const looked = stopwatch.now()
      const decision = registrar.answer(request)
      stopwatch.verified(stopwatch.now() - looked)
      return decision
    },
    (decision) => {
      if (decision.ok) onSession(open(context, connection, message, { decision, client, begun }))
      else turnAway(context, connection, message, decision, client)
    },
  )
}

interface Registering {
  readonly client: LazyClientInfo
  /** When it was, by the stopwatch. */
  readonly begun: number
  readonly onSession: (session: Session) => void
}

function open(
  context: GateContext,
  connection: Connection,
  message: Register,
  { decision, client, begun }: Omit<Registering, 'onSession'> & { readonly decision: Admission },
): Session {
  const { stopwatch } = context
  const session = context.registrar.open(decision, connection, client)
  connection.answer({
    type: 'registered',
    ref: message.ref,
    sessionId: session.id,
    id: session.userId,
    expiresAt: decision.expiresAt,
    serverTime: context.clock.now(),
    iceServers: context.iceServers(session),
    resume: context.sessions.tickets.issue(session),
  })
  stopwatch.admitted(stopwatch.now() - begun)
  return session
}

function turnAway(
  context: GateContext,
  connection: Connection,
  message: Register,
  verdict: Refusal,
  client: LazyClientInfo,
): void {
  connection.answer(refuseRegistration(context, message.ref, message, verdict, client))
  connection.close('refused')
}

// A ticket that is good for nothing does not say whose it was.
const NOBODY = { apiKey: '', userId: '' }

function resume(
  context: GateContext,
  connection: Connection,
  { ref, ticket }: Resume,
  client: LazyClientInfo,
): Session | undefined {
  const resumption = context.registrar.resume(ticket, client.origin, connection)
  if (resumption === undefined) {
    const answer = refusal(context, ref, 'resume_refused')
    recordDenial(context, NOBODY, { type: 'resume' }, answer, client)
    connection.answer(answer)
    connection.close('refused')
    return undefined
  }
  const { session, missed } = resumption
  connection.answer({
    type: 'resumed',
    ref,
    expiresAt: session.admission.expiresAt,
    serverTime: context.clock.now(),
    resume: context.sessions.tickets.issue(session),
  })
  for (const text of missed) connection.send(text)
  return session
}
