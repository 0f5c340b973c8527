import { randomUUID } from 'node:crypto'
import type { Session } from './session.ts'

/** The tickets that resume sessions: each session has one, which is good once and cannot be guessed. */
export class Tickets {
  readonly #sessions = new Map<string, Session>()
  readonly #tickets = new WeakMap<Session, string>()

  /** Issues a ticket; the one before is good no more. */
  issue(session: Session): string {
    this.forget(session)
    const ticket = randomUUID()
    this.#sessions.set(ticket, session)
    this.#tickets.set(session, ticket)
    return ticket
  }

  /** Takes a ticket, which is used up by that. */
  take(ticket: string): Session | undefined {
    const session = this.#sessions.get(ticket)
    this.#sessions.delete(ticket)
    return session
  }

  forget(session: Session): void {
    const ticket = this.#tickets.get(session)
    if (ticket !== undefined) this.#sessions.delete(ticket)
  }
}
