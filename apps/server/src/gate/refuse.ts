import { randomUUID } from 'node:crypto'
import { REFUSAL_MESSAGES, type RefusalCode, type ServerMessageOf } from '@stagedoor/protocol'
import type { Refusal } from '../admission/refusal.ts'
import type { RegistrationRequest } from '../admission/registration-request.ts'
import { writeReport } from '../refusal-log/write-report.ts'
import type { Session } from '../session/session.ts'
import type { LazyClientInfo } from './client-info.ts'
import type { GateContext } from './gate-context.ts'

/** Records the whole reason of a refusal for the owner, and returns the answer for the client. */
export function refuseRegistration(
  { log, precise, recordRefusal, ...context }: GateContext,
  ref: number,
  request: Pick<RegistrationRequest, 'apiKey' | 'id'>,
  verdict: Refusal,
  client: LazyClientInfo,
): ServerMessageOf<'refused'> {
  const { code, message, clockDifferenceSeconds, retryAfterSeconds } = verdict
  const answer = {
    ...refusal(context, ref, precise ? code : verdict.publicCode, precise ? `${message}.` : undefined),
    retryAfterSeconds,
  }
  const report = writeReport({
    refusalId: answer.refusalId,
    publicCode: answer.code,
    request,
    refusal: verdict,
    clientInfo: client.describe(),
    at: answer.serverTime,
  })
  recordRefusal(report)
  const { refusalId, apiKey, userId, address, origin, userAgent } = report
  const check = report.checks.find(({ outcome }) => outcome === 'failed')?.check
  // A flood must not be one of lines in the log as well; the owner finds it counted in the book.
  log[code === 'rate_limited' ? 'debug' : 'info'](
    {
      refusalId,
      code,
      check,
      reason: message,
      clockDifferenceSeconds,
      apiKey,
      id: userId,
      address,
      origin,
      userAgent,
    },
    'refused',
  )
  return answer
}

/** Notes that a session was refused what it asked for, under the id that it was answered with. */
export function recordDenial(
  { recordRefusal }: GateContext,
  { apiKey, userId, admission }: Pick<Session, 'apiKey' | 'userId'> & Partial<Pick<Session, 'admission'>>,
  { type, conversation }: { readonly type: string; readonly conversation?: string },
  { refusalId, code, serverTime }: ServerMessageOf<'refused'>,
  client: LazyClientInfo,
): void {
  const place = conversation === undefined ? '' : `: ${JSON.stringify(conversation)}`
  const message = `${REFUSAL_MESSAGES[code].replace(/\.$/, '')}${place}`
  const report = writeReport({
    refusalId,
    publicCode: code,
    request: { apiKey, id: userId },
    refusal: { ok: false, code, publicCode: code, message, checks: [], clockDifferenceSeconds: undefined },
    clientInfo: client.describe(),
    at: serverTime,
  })
  const isProven = admission?.keyId !== undefined
  recordRefusal({ ...report, isProven, checks: [{ check: type, outcome: 'failed', message }] })
}

/** The answer to a request that is refused. */
export function refusal(
  { clock, pageOf }: Pick<GateContext, 'clock' | 'pageOf'>,
  ref: number,
  code: RefusalCode,
  message: string = REFUSAL_MESSAGES[code],
): ServerMessageOf<'refused'> {
  const refusalId = `rf_${randomUUID()}`
  return { type: 'refused', ref, code, message, refusalId, serverTime: clock.now(), docs: pageOf(code) }
}
