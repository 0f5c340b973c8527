import { randomUUID } from 'node:crypto'
import type { Session } from './session.ts'

/**
 * The tickets that resume sessions; none can be guessed. The answer to a resumption, with the next ticket, may be lost, so a ticket
 * that was used works again until its client has proven that it has the next one.
 */
export class Tickets {
  readonly #sessions = new Map<string, Session>()

  /** Issues a ticket, which replaces the one before as soon as that is {@link confirm}ed. */
  issue(session: Session): string {
    this.confirm(session)
    session.usedTicket = session.ticket
    session.ticket = randomUUID()
    this.#sessions.set(session.ticket, session)
    return session.ticket
  }

  /** The session of a ticket, which is the only one that resumes it until another is issued. */
  take(ticket: string): Session | undefined {
    const session = this.#sessions.get(ticket)
    if (session === undefined || session.ticket === ticket) return session
    // The answer with the newer ticket was lost.
    if (session.ticket !== undefined) this.#sessions.delete(session.ticket)
    session.ticket = ticket
    session.usedTicket = undefined
    return session
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
