import { wholeSeconds } from '../rate-limit/bucket.ts'
import type { Session } from '../session/session.ts'
import type { LazyClientInfo } from './client-info.ts'
import type { Connection } from './connection.ts'
import type { GateContext } from './gate-context.ts'
import { recordDenial, refusal } from './refuse.ts'

export interface Flood {
  readonly ref: number | undefined
  readonly wait: number
  /** The limit that was exceeded. */
  readonly check: 'message_rate' | 'renewal_rate' | 'fan_out_rate'
}

/** Refuses a frame beyond the limits of its session. A session that keeps sending such frames is closed. */
export function refuseFlood(
  context: GateContext,
  session: Session,
  connection: Connection,
  { ref, wait, check }: Flood,
  client: LazyClientInfo,
): void {
  if (session.pace.countOffence(session.admission.messagesPerSecond, context.clock.now()) > 0) {
    session.close('flooded')
    return
  }
  const answer = refusal(context, ref ?? 0, 'rate_limited')
  recordDenial(context, session, { type: check }, answer, client)
  if (ref !== undefined) connection.answer({ ...answer, retryAfterSeconds: wholeSeconds(wait) })
}
