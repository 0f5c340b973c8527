import {
  type ServerMessage,
  type SessionMessage,
  type SessionMessageOf,
  sessionMessageSchema,
} from '@stagedoor/protocol'
import type { RawData } from 'ws'
import { reconsider } from '../conversation/reconsider.ts'
import { wholeSeconds } from '../meter/bucket.ts'
import type { Session } from '../session/session.ts'
import { answerRequest } from './answer.ts'
import type { Connection } from './connection.ts'
import { eject } from './eject.ts'
import { fail } from './fail.ts'
import type { House } from './ports.ts'
import { type FrameReading, readFrame } from './read-frame.ts'
import { noteDenial, refusal, refuseKnock } from './refuse.ts'
import type { Visitor } from './visitor.ts'
import { withKeys } from './with-keys.ts'

/**
 * Takes a frame of a session, and answers it; a frame that cannot be answered closes it.
 *
 * @returns what to wait for before the next one, if anything.
 */
export function takeFrame(
  house: House,
  session: Session,
  connection: Connection,
  data: RawData,
  visitor: Visitor,
): Promise<void> | undefined {
  const frame = readFrame(data, sessionMessageSchema)
  const tooMuch = refuseFlood(house, session, frame, visitor)
  if (tooMuch !== undefined) {
    if (refOf(frame) !== undefined) connection.answer(tooMuch)
  } else if (frame.ok) {
    const { message } = frame
    if (message.type === 'renew') {
      const knock = { apiKey: session.apiKey, token: message.token }
      return withKeys(house, connection, knock, () => connection.answer(renew(house, session, message, visitor)))
    }
    const give = (answer: ServerMessage | undefined): void => {
      if (answer?.type === 'refused') noteDenial(house, session, message, answer, visitor)
      if (answer !== undefined) connection.answer(answer)
    }
    const answer = message.type === 'eject' ? eject(house, session, message) : answerRequest(house, session, message)
    // Nothing waits for an answer that comes when the store has answered: it bears the ref of its request.
    if (answer instanceof Promise) answer.then(give).catch((error) => fail(house, connection, error))
    else give(answer)
  } else if (frame.ref !== undefined) {
    connection.answer({ type: 'failed', ref: frame.ref, code: 'message_malformed', message: frame.reason })
  } else {
    session.close('protocol_error', frame.reason)
  }
  return undefined
}

// What the session sends beyond its rate is not carried out, whatever it is. A renewal has a rate of its own.
function refuseFlood(
  house: House,
  session: Session,
  frame: FrameReading<SessionMessage>,
  visitor: Visitor,
): ServerMessage | undefined {
  const isRenewal = frame.ok && frame.message.type === 'renew'
  const now = house.clock.now()
  const wait = isRenewal ? session.countRenewal(now) : session.countFrame(now)
  if (wait === 0) return undefined
  const answer = refusal(house, refOf(frame) ?? 0, 'rate_limited')
  noteDenial(house, session, { type: isRenewal ? 'renewal_rate' : 'message_rate' }, answer, visitor)
  return { ...answer, retryAfterSeconds: wholeSeconds(wait) }
}

function refOf(frame: FrameReading<SessionMessage>): number | undefined {
  if (!frame.ok) return frame.ref
  return 'ref' in frame.message ? frame.message.ref : undefined
}

// A fresh token is judged as the first was, and for the same user. One that is refused leaves the session as it is.
function renew(
  house: House,
  session: Session,
  { ref, token }: SessionMessageOf<'renew'>,
  visitor: Visitor,
): ServerMessage {
  const decision = house.door.renew(session, token)
  if (!decision.ok) {
    return refuseKnock(house, ref, { apiKey: session.apiKey, id: session.userId }, decision, visitor)
  }
  reconsider(house.conversations, session)
  return {
    type: 'renewed',
    ref,
    expiresAt: decision.expiresAt,
    serverTime: house.clock.now(),
    iceServers: house.iceServers(session),
  }
}
