import type { Contact as ContactOfSession } from '@stagedoor/protocol'
import { Contact } from '../contact.ts'

/** How the contacts of a conversation changed. */
export interface ContactListUpdate {
  readonly joined: readonly Contact[]
  readonly left: readonly Contact[]
  readonly userDataChanged: readonly Contact[]
}

const NO_CHANGE: ContactListUpdate = { joined: [], left: [], userDataChanged: [] }

/** The others in a conversation: the gate tells of sessions, an application sees users. */
export class Roster {
  readonly #userIds = new Map<string, string>()
  readonly #contacts = new Map<string, Contact>()

  /** The contact behind a session; undefined where that session is not in the conversation. */
  ofSession(sessionId: string): Contact | undefined {
    const id = this.#userIds.get(sessionId)
    return id === undefined ? undefined : this.#contacts.get(id)
  }

  /** The sessions that a contact is there with. */
  sessionsOf(contact: Contact): string[] {
    return [...this.#userIds].filter(([, id]) => id === contact.getId()).map(([sessionId]) => sessionId)
  }

  byId(): Map<string, Contact> {
    return new Map(this.#contacts)
  }

  add(session: ContactOfSession): ContactListUpdate {
    this.#userIds.set(session.sessionId, session.id)
    const known = this.#contacts.get(session.id)
    if (known === undefined) {
      const contact = new Contact(session)
      this.#contacts.set(session.id, contact)
      return { ...NO_CHANGE, joined: [contact] }
    }
    known.update(session)
    return { ...NO_CHANGE, userDataChanged: [known] }
  }

  remove(sessionId: string): ContactListUpdate {
    const contact = this.ofSession(sessionId)
    this.#userIds.delete(sessionId)
    if (contact === undefined || [...this.#userIds.values()].includes(contact.getId())) return NO_CHANGE
    this.#contacts.delete(contact.getId())
    return { ...NO_CHANGE, left: [contact] }
  }

  /** Takes the sessions that are there now in the place of those that were. */
  replace(sessions: readonly ContactOfSession[]): ContactListUpdate {
    const before = this.byId()
    this.#userIds.clear()
    for (const id of before.keys()) if (!sessions.some((session) => session.id === id)) this.#contacts.delete(id)
    const updates = sessions.map((session) => this.add(session))
    return {
      joined: updates.flatMap(({ joined }) => joined),
      left: [...before.values()].filter((contact) => !this.#contacts.has(contact.getId())),
      userDataChanged: [],
    }
  }
}
