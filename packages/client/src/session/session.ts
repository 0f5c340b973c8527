import type { Disconnection, Link } from '../connection/link.ts'
import type { AnswerTo, GateEvent } from '../connection/messages.ts'
import type { TokenSource } from '../connection/token-source.ts'
import { Conversation } from '../conversation/conversation.ts'
import { ConnectionError } from '../errors.ts'
import { Observable } from '../observable.ts'
import type { UserAgentOfSession } from './user-agent-of-session.ts'

export type SessionEvents = {
  /** The token ends at `expiresAt` (seconds since 1970), and there is no `getToken`: call `renew` with a fresh one. */
  tokenExpiring: [expiring: { readonly expiresAt: number }]
  disconnected: [disconnection: Disconnection]
  /** The session is open again: the same or, where that was gone, another with all that it was doing restored. */
  reconnected: []
  error: [error: Error]
}

/** A registered user agent. */
export class Session extends Observable<SessionEvents> {
  readonly #userAgent: UserAgentOfSession<Session>
  readonly #link: Link
  readonly #tokens: TokenSource
  readonly #conversations = new Map<string, Conversation>()

  /** @internal `openLink` is given what the link tells of. */
  constructor(
    userAgent: UserAgentOfSession<Session>,
    tokens: TokenSource,
    createLink: (handlers: ConstructorParameters<typeof Link>[1]) => Link,
  ) {
    super()
    this.#userAgent = userAgent
    this.#tokens = tokens
    this.#link = createLink({
      onEvent: (event) => this.#receive(event),
      onDisconnected: (disconnection) => this.#disconnected(disconnection),
      onReconnected: () => void this.#restore(),
      onResumed: () => this.#resumed(),
      onTokenExpiring: (expiresAt) => this.emit('tokenExpiring', { expiresAt }),
      onError: (error) => this.emit('error', error),
    })
  }

  /** @internal */
  async open(): Promise<void> {
    await this.#link.open()
  }

  /** The id from the gate. It changes if a lost session could not be resumed. */
  getId(): string {
    return this.#link.registered.sessionId
  }

  /** The token that the gate accepted last. Never store or send it: ask your application for a fresh one instead. */
  getToken(): string | undefined {
    return this.#tokens.token
  }

  getUserAgent(): UserAgentOfSession<Session> {
    return this.#userAgent
  }

  /** Whether there is a connection to the gate at this moment. */
  isConnected(): boolean {
    return this.#link.isOpen
  }

  /** The conversation of that name, the same object every time. It is not joined by this. */
  getConversation(name: string): Conversation {
    return this.getOrCreateConversation(name)
  }

  getOrCreateConversation(name: string): Conversation {
    const known = this.#conversations.get(name)
    if (known !== undefined) return known
    const conversation = new Conversation(name, this.#createHost())
    this.#conversations.set(name, conversation)
    return conversation
  }

  /** Those that are joined. */
  getActiveConversations(): Conversation[] {
    return [...this.#conversations.values()].filter((conversation) => conversation.isJoined())
  }

  /** Brings a fresh token for the same user id. Rejects with a RefusedError where the gate does not accept it. */
  renew(token: string): Promise<void> {
    return this.#link.renew(token)
  }

  /** Ends the session. It does not come back. */
  async disconnect(): Promise<void> {
    this.#link.close()
  }

  #createHost() {
    const link = this.#link
    return {
      get registered(): AnswerTo<'register'> {
        return link.registered
      },
      request: link.request.bind(link) as Link['request'],
      tell: link.tell.bind(link),
      onError: (error: Error) => this.emit('error', error),
    }
  }

  #receive(event: GateEvent): void {
    if ('conversation' in event) this.#conversations.get(event.conversation)?.handle(event)
  }

  #disconnected(disconnection: Disconnection): void {
    for (const conversation of this.#conversations.values()) {
      if (disconnection.willReconnect) conversation.suspend()
      else conversation.end(disconnection.reason === 'ejected' ? 'ejected' : undefined)
    }
    this.emit('disconnected', disconnection)
  }

  #resumed(): void {
    for (const conversation of this.#conversations.values()) conversation.resume()
    this.emit('reconnected')
  }

  async #restore(): Promise<void> {
    try {
      await Promise.all([...this.#conversations.values()].map((conversation) => conversation.restore()))
      this.emit('reconnected')
    } catch (error) {
      // The connection was lost again: there will be another time.
      if (!(error instanceof ConnectionError)) this.emit('error', error as Error)
    }
  }
}
