import { wholeSeconds } from '../rate-limit/bucket.ts'
import type { Session } from '../session/session.ts'
import type { FrameContext } from './frame-context.ts'
import { recordDenial, refusal } from './refuse.ts'

export interface Flood {
  readonly ref: number | undefined
  readonly wait: number
  /** The limit that was exceeded. */
  readonly check: 'message_rate' | 'renewal_rate' | 'fan_out_rate'
}

/** Refuses a frame beyond the limits of its session. A session that keeps sending such frames is closed. */
export function refuseFlood({ gate, client }: FrameContext, session: Session, { ref, wait, check }: Flood): void {
  if (session.pace.countOffence(session.admission.messagesPerSecond, gate.clock.now()) > 0) {
    session.close('flooded')
    return
  }
  const answer = refusal(gate, ref ?? 0, 'rate_limited')
  recordDenial(gate, session, { type: check }, answer, client)
  if (ref !== undefined) session.send({ ...answer, retryAfterSeconds: wholeSeconds(wait) })
}
