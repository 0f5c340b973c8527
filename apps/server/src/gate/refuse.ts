import { randomUUID } from 'node:crypto'
import { REFUSAL_MESSAGES, type RefusalCode, type ServerMessageOf } from '@stagedoor/protocol'
import type { Knock } from '../admission/knock.ts'
import type { Refusal } from '../admission/refusal.ts'
import type { House } from './ports.ts'
import type { Visitor } from './visitor.ts'

/** Notes the whole reason of a refusal for the owner, and words the answer to the one who knocked. */
export function refuseKnock(
  { log, precise, ...house }: House,
  ref: number,
  { apiKey, id }: Pick<Knock, 'apiKey' | 'id'>,
  { code, publicCode, message, checks, clockDifferenceSeconds }: Refusal,
  visitor: Visitor,
): ServerMessageOf<'refused'> {
  const answer = refusal(house, ref, precise ? code : publicCode, precise ? `${message}.` : undefined)
  const failed = checks.find(({ outcome }) => outcome === 'failed')?.check
  log.info(
    {
      refusalId: answer.refusalId,
      code,
      check: failed,
      reason: message,
      clockDifferenceSeconds,
      apiKey,
      id,
      ...visitor.describe(),
    },
    'refused',
  )
  return answer
}

/** The answer to a request that is refused. */
export function refusal(
  { clock, pageOf }: Pick<House, 'clock' | 'pageOf'>,
  ref: number,
  code: RefusalCode,
  message: string = REFUSAL_MESSAGES[code],
): ServerMessageOf<'refused'> {
  const refusalId = `rf_${randomUUID()}`
  return { type: 'refused', ref, code, message, refusalId, serverTime: clock.now(), docs: pageOf(code) }
}
