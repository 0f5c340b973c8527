import type { Contact as ContactOfSession } from '@stagedoor/protocol'
import { Contact } from '../contact.ts'

/** How the contacts of a conversation changed. */
export interface ContactListUpdate {
  readonly joined: readonly Contact[]
  readonly left: readonly Contact[]
  readonly userDataChanged: readonly Contact[]
}

const NO_CHANGE: ContactListUpdate = { joined: [], left: [], userDataChanged: [] }

/** The others in a conversation. The gate knows sessions; an application sees users, who may have several. */
export class Roster {
  /** By session id, in the order in which they joined. */
  readonly #sessions = new Map<string, ContactOfSession>()
  readonly #contacts = new Map<string, Contact>()

  /** The contact behind a session; undefined if that session is not in the conversation. */
  ofSession(sessionId: string): Contact | undefined {
    const session = this.#sessions.get(sessionId)
    return session && this.#contacts.get(session.id)
  }

  /** The sessions of a contact. */
  sessionsOf(contact: Contact): string[] {
    return this.#ofUser(contact.getId()).map(({ sessionId }) => sessionId)
  }

  byId(): Map<string, Contact> {
    return new Map(this.#contacts)
  }

  /** Adds a session, or takes what is known of it now. */
  add(session: ContactOfSession): ContactListUpdate {
    this.#sessions.set(session.sessionId, session)
    const known = this.#contacts.get(session.id)
    if (known === undefined) {
      const contact = new Contact(session)
      this.#contacts.set(session.id, contact)
      return { ...NO_CHANGE, joined: [contact] }
    }
    return this.#showLatest(known)
  }

  remove(sessionId: string): ContactListUpdate {
    const contact = this.ofSession(sessionId)
    this.#sessions.delete(sessionId)
    if (contact === undefined) return NO_CHANGE
    if (this.#ofUser(contact.getId()).length > 0) return this.#showLatest(contact)
    this.#contacts.delete(contact.getId())
    return { ...NO_CHANGE, left: [contact] }
  }

  /** Takes the sessions that are there now in place of those that were. */
  replace(sessions: readonly ContactOfSession[]): ContactListUpdate {
    const before = this.byId()
    this.#sessions.clear()
    for (const id of before.keys()) if (!sessions.some((session) => session.id === id)) this.#contacts.delete(id)
    const updates = sessions.map((session) => this.add(session))
    return {
      joined: updates.flatMap(({ joined }) => joined),
      left: [...before.values()].filter((contact) => !this.#contacts.has(contact.getId())),
      userDataChanged: [...new Set(updates.flatMap(({ userDataChanged }) => userDataChanged))].filter((contact) =>
        before.has(contact.getId()),
      ),
    }
  }

  /** A contact shows what its newest session says. */
  #showLatest(contact: Contact): ContactListUpdate {
    const latest = this.#ofUser(contact.getId()).at(-1)
    return latest !== undefined && contact.update(latest) ? { ...NO_CHANGE, userDataChanged: [contact] } : NO_CHANGE
  }

  #ofUser(id: string): ContactOfSession[] {
    return [...this.#sessions.values()].filter((session) => session.id === id)
  }
}
