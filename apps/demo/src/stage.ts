import type { Contact, Conversation, PeerState, Stream } from '@stagedoor/client'
import { findElement } from './find-element.ts'
import { type Person, Tile } from './tile.ts'

const container = findElement('stage', HTMLElement)
const people = findElement('people', HTMLParagraphElement)

/** Shows everyone in the conversation: their streams, or their initials if they publish none. */
export class Stage {
  readonly #self: Person
  readonly #tiles = new Map<Person | Stream, Tile>()
  readonly #streams = new Map<Stream, Person>()
  readonly #persons = new Map<string, Person>()
  readonly #mediaStates = new Map<string, PeerState>()

  constructor(self: Person) {
    this.#self = self
    this.#render()
  }

  /** Shows the contacts of a conversation as they join and leave, and subscribes to their streams. */
  follow(conversation: Conversation): void {
    conversation.on('contactJoined', (contact) => this.#enter(contact))
    conversation.on('contactLeft', (contact) => this.#exit(contact))
    conversation.on('streamListChanged', ({ streamId, listEventType }) => {
      // The stream may have ended meanwhile, which is not an error.
      if (listEventType === 'added') conversation.subscribeToStream(streamId).catch(() => {})
    })
    conversation.on('streamAdded', (stream) => {
      const contact = stream.getContact()
      if (contact !== undefined) this.#add(stream, this.#enter(contact))
    })
    conversation.on('streamRemoved', (stream) => this.#remove(stream))
    conversation.on('mediaStateChanged', ({ contact, state }) => {
      this.#mediaStates.set(contact.getId(), state)
      this.#render()
    })
  }

  addOwn(stream: Stream): void {
    this.#add(stream, this.#self)
  }

  replaceOwn(old: Stream, stream: Stream): void {
    this.#streams.delete(old)
    this.#add(stream, this.#self)
  }

  removeOwn(stream: Stream): void {
    this.#remove(stream)
  }

  clear(): void {
    for (const tile of this.#tiles.values()) tile.remove()
    this.#tiles.clear()
    container.replaceChildren()
  }

  #enter(contact: Contact): Person {
    const id = contact.getId()
    const known = this.#persons.get(id)
    if (known !== undefined) return known
    const person = { id, name: contact.getUsername(), isSelf: false }
    this.#persons.set(id, person)
    this.#render()
    return person
  }

  #exit(contact: Contact): void {
    this.#persons.delete(contact.getId())
    this.#mediaStates.delete(contact.getId())
    this.#render()
  }

  #add(stream: Stream, person: Person): void {
    this.#streams.set(stream, person)
    this.#render()
  }

  #remove(stream: Stream): void {
    this.#streams.delete(stream)
    this.#render()
  }

  #render(): void {
    const shown = this.#listShown()
    for (const [key, tile] of this.#tiles) {
      if (shown.has(key)) continue
      tile.remove()
      this.#tiles.delete(key)
    }
    for (const [key, person] of shown) {
      if (this.#tiles.has(key)) continue
      const tile = new Tile(person, 'streamId' in key ? key : undefined)
      this.#tiles.set(key, tile)
      container.append(tile.element)
    }
    for (const [key, { id }] of shown) this.#tiles.get(key)?.showMediaState(this.#mediaStates.get(id))
    const count = this.#persons.size + 1
    container.dataset['count'] = String(Math.min(this.#tiles.size, 5))
    people.textContent = count === 1 ? 'Only you' : `${count} people`
  }

  #listShown(): Map<Person | Stream, Person> {
    const shown = new Map<Person | Stream, Person>(this.#streams)
    const seen = new Set([...this.#streams].filter(([stream]) => !stream.isScreensharing()).map(([, person]) => person))
    for (const person of [this.#self, ...this.#persons.values()]) if (!seen.has(person)) shown.set(person, person)
    return shown
  }
}
