import { type ServerMessage, type SessionMessageOf, sessionMessageSchema } from '@stagedoor/protocol'
import type { RawData } from 'ws'
import { reconsider } from '../conversation/reconsider.ts'
import type { Session } from '../session/session.ts'
import { answerRequest } from './answer.ts'
import type { House } from './ports.ts'
import { readFrame } from './read-frame.ts'
import { noteDenial, refuseKnock } from './refuse.ts'
import type { Visitor } from './visitor.ts'

/** Takes a frame of a session. Answers what is to be sent back, if anything; a frame that cannot be answered closes it. */
export function takeFrame(house: House, session: Session, data: RawData, visitor: Visitor): ServerMessage | undefined {
  const frame = readFrame(data, sessionMessageSchema)
  if (frame.ok) {
    if (frame.message.type === 'renew') return renew(house, session, frame.message, visitor)
    const answer = answerRequest(house, session, frame.message)
    if (answer?.type === 'refused') noteDenial(house, session, frame.message, answer, visitor)
    return answer
  }
  if (frame.ref !== undefined) {
    return { type: 'failed', ref: frame.ref, code: 'message_malformed', message: frame.reason }
  }
  session.close('protocol_error', frame.reason)
  return undefined
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
  return { type: 'renewed', ref, expiresAt: decision.expiresAt, serverTime: house.clock.now() }
}
