import { randomUUID } from 'node:crypto'
import type { Session } from './session.ts'

/** The tickets that resume sessions. Each session has one, which works once and cannot be guessed. */
export class Tickets {
  readonly #sessions = new Map<string, Session>()

  /** Issues a ticket, which replaces the previous one. */
  issue(session: Session): string {
    this.forget(session)
    session.ticket = randomUUID()
    this.#sessions.set(session.ticket, session)
    return session.ticket
  }

  /** Takes a ticket, which is used up by that. */
  take(ticket: string): Session | undefined {
    const session = this.#sessions.get(ticket)
    this.#sessions.delete(ticket)
    return session
  }

  forget({ ticket }: Session): void {
    if (ticket !== undefined) this.#sessions.delete(ticket)
  }
}
