import type { Contact as ContactOfSession, Role, UserData } from '@stagedoor/protocol'

/** Another user in a conversation, who may be there with several sessions. */
export class Contact {
  readonly #id: string
  #latest: ContactOfSession

  /** @internal */
  constructor(contact: ContactOfSession) {
    this.#id = contact.id
    this.#latest = contact
  }

  /** The user id. */
  getId(): string {
    return this.#id
  }

  /** What the user's token, or else the user's own client, says of the user. */
  getUserData(): UserData {
    return this.#latest.userData
  }

  /** The `username` or `name` of the user data, or else the user id. */
  getUsername(): string {
    const { username, name } = this.#latest.userData
    for (const candidate of [username, name]) {
      if (typeof candidate === 'string' && candidate !== '') return candidate
    }
    return this.#id
  }

  getRole(): Role {
    return this.#latest.role
  }

  /** @internal Takes what one of its sessions says. Returns whether that is something else than before. */
  update(contact: ContactOfSession): boolean {
    const { role, userData } = this.#latest
    this.#latest = contact
    return contact.role !== role || JSON.stringify(contact.userData) !== JSON.stringify(userData)
  }
}
