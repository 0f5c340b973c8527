import { randomUUID } from 'node:crypto'
import type { Session } from './session.ts'

/**
 * The tickets that resume sessions; none can be guessed. The answer to a resumption, with the next ticket, may be lost, so a ticket
 * that was used works again until its client has proven that it has the next one.
 */
export class Tickets {
  readonly #sessions = new Map<string, Session>()

  /**
   * Issues a ticket. The one before works until this one is {@link confirm}ed.
   *
   * @param presented the ticket that the client has presented. If the answer with a newer one was lost, that is discarded.
   */
  issue(session: Session, presented: string | undefined = session.ticket): string {
    const discarded = session.ticket === presented ? session.usedTicket : session.ticket
    if (discarded !== undefined) this.#sessions.delete(discarded)
    session.usedTicket = presented
    session.ticket = randomUUID()
    this.#sessions.set(session.ticket, session)
    return session.ticket
  }

  /** The session that a ticket resumes. */
  find(ticket: string): Session | undefined {
    return this.#sessions.get(ticket)
  }

  /** The client has the newest ticket: the one before it works no more. */
  confirm(session: Session): void {
    if (session.usedTicket === undefined) return
    this.#sessions.delete(session.usedTicket)
    session.usedTicket = undefined
  }

  forget(session: Session): void {
    this.confirm(session)
    if (session.ticket !== undefined) this.#sessions.delete(session.ticket)
  }
}
