import { randomUUID } from 'node:crypto'
import { REFUSAL_MESSAGES, type RefusalCode, type ServerMessageOf } from '@stagedoor/protocol'
import type { Knock } from '../admission/admit.ts'
import type { Refusal } from '../admission/refusal.ts'
import type { House } from './ports.ts'

/** Where a knock came from. */
export interface Origin {
  readonly address: string | undefined
  readonly origin: string | undefined
  readonly userAgent: string | undefined
}

/** Notes the whole reason of a refusal for the owner, and words the answer to the one who knocked. */
export function refuseKnock(
  { log, precise, ...house }: House,
  ref: number,
  { apiKey, id }: Pick<Knock, 'apiKey' | 'id'>,
  { code, publicCode, message, checks, clockDifferenceSeconds }: Refusal,
  from: Origin,
): ServerMessageOf<'refused'> {
  const answer = refusal(house, ref, precise ? code : publicCode, precise ? message : undefined)
  const failed = checks.find(({ outcome }) => outcome === 'failed')?.check
  log.info(
    { refusalId: answer.refusalId, code, check: failed, reason: message, clockDifferenceSeconds, apiKey, id, ...from },
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
