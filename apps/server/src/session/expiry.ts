import type { Clock } from '../clock.ts'
import type { Session } from './session.ts'

/** How long before its end a token is announced to end, in seconds; never more than {@link NOTICE_SHARE} of its life. */
export const NOTICE_SECONDS = 60
export const NOTICE_SHARE = 0.1

/**
 * Announces the end of a session's token ahead of time and, unless it is renewed, closes the session when the policy says:
 * at that end, some time after it, or not at all.
 */
export function watchExpiry(session: Session, clock: Clock): void {
  const { issuedAt, expiresAt, closesAt } = session.admission
  const notice = Math.min(NOTICE_SECONDS, (expiresAt - issuedAt) * NOTICE_SHARE)

  const announce = (): void => {
    session.send({ type: 'token_expiring', expiresAt, serverTime: clock.now() })
    session.scheduleExpiry(closesAt === undefined ? () => {} : clock.after(closesAt - clock.now(), end))
  }
  const end = (): void => session.close('token_expired')

  session.scheduleExpiry(clock.after(Math.max(0, expiresAt - notice - clock.now()), announce))
}
