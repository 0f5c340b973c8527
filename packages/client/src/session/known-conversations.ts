import type { Conversation } from '../conversation/conversation.ts'

/**
 * The conversations of a session, by name: the same object for the same name. One that is not in use is forgotten once the application
 * does not hold it any more.
 */
export class KnownConversations {
  readonly #known = new Map<string, WeakRef<Conversation>>()
  /** Those that are in use are held here. */
  readonly #inUse = new Set<Conversation>()
  readonly #registry = new FinalizationRegistry<string>((name) => {
    if (this.#known.get(name)?.deref() === undefined) this.#known.delete(name)
  })

  get size(): number {
    return this.#known.size
  }

  find(name: string): Conversation | undefined {
    return this.#known.get(name)?.deref()
  }

  add(conversation: Conversation): Conversation {
    const name = conversation.getName()
    this.#known.set(name, new WeakRef(conversation))
    this.#registry.register(conversation, name)
    conversation.onUse = (isInUse) => {
      if (isInUse) this.#inUse.add(conversation)
      else this.#inUse.delete(conversation)
    }
    return conversation
  }

  all(): Conversation[] {
    return [...this.#known.values()].map((known) => known.deref()).filter((conversation) => conversation !== undefined)
  }
}
