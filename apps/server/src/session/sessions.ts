import type { Admission } from '../admission/admit.ts'
import type { Clock } from '../clock.ts'
import { watchExpiry } from './expiry.ts'
import { type Channel, Session } from './session.ts'

/** The live sessions of this process. */
export class Sessions {
  readonly #live = new Map<string, Session>()
  readonly #clock: Clock
  readonly #onEnd: (session: Session) => void

  /** @param onEnd told of each session that has ended, after it is live no more. */
  constructor(clock: Clock, onEnd: (session: Session) => void) {
    this.#clock = clock
    this.#onEnd = onEnd
  }

  get size(): number {
    return this.#live.size
  }

  open(admission: Admission, channel: Channel): Session {
    const session = new Session(admission, channel)
    this.#live.set(session.id, session)
    watchExpiry(session, this.#clock)
    return session
  }

  /** Puts a fresh admission in force: a new end, and whatever the fresh token allows. */
  renew(session: Session, admission: Admission): void {
    session.renew(admission)
    watchExpiry(session, this.#clock)
  }

  end(session: Session): void {
    if (!this.#live.delete(session.id)) return
    session.scheduleExpiry(() => {})
    this.#onEnd(session)
  }
}
