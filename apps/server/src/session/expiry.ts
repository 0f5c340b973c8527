import type { Admission } from '../admission/admit.ts'
import type { Clock } from '../clock.ts'
import { DeadlineQueue } from './deadline-queue.ts'
import type { Session } from './session.ts'

/** How long before its end a token is announced to end, in seconds; never more than {@link NOTICE_SHARE} of its life. */
export const NOTICE_SECONDS = 60
export const NOTICE_SHARE = 0.1

/**
 * Announces the ends of tokens ahead of time and, unless they are renewed, closes their sessions when the policy says: at that
 * end, some time after it, or not at all.
 */
export class Expiry {
  readonly #clock: Clock
  readonly #deadlines: DeadlineQueue<Session>

  constructor(clock: Clock) {
    this.#clock = clock
    this.#deadlines = new DeadlineQueue(clock, (session) => this.#fallDue(session))
  }

  /**
   * Watches the token of a session that is in force now, and no other of it any more.
   *
   * @param before what was in force until now: an end that was announced is not announced again.
   */
  watch(session: Session, before?: Admission): void {
    const { issuedAt, expiresAt, closesAt } = session.admission
    if (session.isEndAnnounced && before?.expiresAt === expiresAt) {
      if (closesAt === undefined) this.#deadlines.remove(session)
      else this.#deadlines.put(session, closesAt)
      return
    }
    const notice = Math.min(NOTICE_SECONDS, (expiresAt - issuedAt) * NOTICE_SHARE)
    session.isEndAnnounced = false
    this.#deadlines.put(session, expiresAt - notice)
  }

  /** Stops watching a session. */
  forget(session: Session): void {
    this.#deadlines.remove(session)
  }

  #fallDue(session: Session): void {
    if (session.isEndAnnounced) {
      session.close('token_expired')
      return
    }
    const { expiresAt, closesAt } = session.admission
    session.isEndAnnounced = true
    session.send({ type: 'token_expiring', expiresAt, serverTime: this.#clock.now() })
    if (closesAt !== undefined) this.#deadlines.put(session, closesAt)
  }
}
