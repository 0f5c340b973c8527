import { MAX_CONVERSATIONS_PER_SESSION } from '@stagedoor/protocol'
import type { Session } from '../session/session.ts'
import { Conversation, type Member } from './conversation.ts'
import { denied, granted, type Outcome } from './outcome.ts'

/** A member in its conversation: what nearly every request is about. */
export interface Membership {
  readonly conversation: Conversation
  readonly member: Member
}

/** Called with conversations that start and end, and of what changes in them. */
export interface ConversationWatch {
  onStart?(apiKey: string, conversation: Conversation): void
  /** @param mover who has come or gone; nobody, where a stream has. */
  onChange?(apiKey: string, conversation: Conversation, mover: Session | undefined): void
  onEnd?(apiKey: string, conversation: Conversation): void
}

/** The conversations that have members. One of the same name under another API key is another conversation. */
export class Conversations {
  readonly #byApiKey = new Map<string, Map<string, Conversation>>()
  readonly #joined = new WeakMap<Session, Set<Conversation>>()
  readonly #watches: readonly ConversationWatch[]

  constructor(...watches: readonly ConversationWatch[]) {
    this.#watches = watches
  }

  get size(): number {
    let size = 0
    for (const named of this.#byApiKey.values()) size += named.size
    return size
  }

  findOrOpen(apiKey: string, name: string): Conversation {
    const named = this.#byApiKey.get(apiKey) ?? new Map<string, Conversation>()
    this.#byApiKey.set(apiKey, named)
    const conversation =
      named.get(name) ?? new Conversation(name, (changed) => this.#recordChange(apiKey, changed, undefined))
    named.set(name, conversation)
    return conversation
  }

  find({ apiKey, id }: Session, name: string): Outcome<Membership> {
    const conversation = this.named(apiKey, name)
    const member = conversation?.members.get(id)
    if (conversation === undefined || member === undefined) return denied('conversation_not_joined')
    return granted({ conversation, member })
  }

  /** How many are in a conversation. */
  countContacts(apiKey: string, name: string): number {
    return this.named(apiKey, name)?.members.size ?? 0
  }

  /** The one of that name, where somebody is in it. */
  named(apiKey: string, name: string): Conversation | undefined {
    return this.#byApiKey.get(apiKey)?.get(name)
  }

  /** Those of an API key. */
  ofApiKey(apiKey: string): Iterable<Conversation> {
    return this.#byApiKey.get(apiKey)?.values() ?? []
  }

  of(session: Session): readonly Conversation[] {
    return [...(this.#joined.get(session) ?? [])]
  }

  hasRoomFor(session: Session): boolean {
    return (this.#joined.get(session)?.size ?? 0) < MAX_CONVERSATIONS_PER_SESSION
  }

  enter(conversation: Conversation, member: Member): void {
    const { apiKey } = member.session
    if (conversation.members.size === 0) for (const watch of this.#watches) watch.onStart?.(apiKey, conversation)
    conversation.members.set(member.session.id, member)
    const joined = this.#joined.get(member.session) ?? new Set()
    this.#joined.set(member.session, joined.add(conversation))
    this.#recordChange(apiKey, conversation, member.session)
  }

  /** Takes a member out, and forgets a conversation that has nobody in it any more. */
  exit(conversation: Conversation, { session }: Member): void {
    conversation.members.delete(session.id)
    this.#joined.get(session)?.delete(conversation)
    this.#recordChange(session.apiKey, conversation, session)
    if (conversation.members.size > 0) return
    const named = this.#byApiKey.get(session.apiKey)
    named?.delete(conversation.name)
    if (named?.size === 0) this.#byApiKey.delete(session.apiKey)
    for (const watch of this.#watches) watch.onEnd?.(session.apiKey, conversation)
  }

  #recordChange(apiKey: string, conversation: Conversation, mover: Session | undefined): void {
    for (const watch of this.#watches) watch.onChange?.(apiKey, conversation, mover)
  }
}
