import type { Disconnection, Link, LinkHandlers } from '../connection/link.ts'
import type { GateEvent } from '../connection/messages.ts'
import type { TokenSource } from '../connection/token-source.ts'
import { Conversation, type ConversationHost } from '../conversation/conversation.ts'
import { forApplication } from '../deferred.ts'
import { unlessAborted, type WaitOptions } from '../limit-wait.ts'
import type { Log } from '../log.ts'
import { Observable } from '../observable.ts'
import { KnownConversations } from './known-conversations.ts'
import type { UserAgentOfSession } from './user-agent-of-session.ts'

/**
 * `connecting`: it is being opened for the first time; `resuming`: the connection is lost, and the client reconnects; `restoring`: another
 * session is open, and conversations and streams are being brought back; `disconnected`: it has ended.
 */
export type SessionState = 'connecting' | 'connected' | 'resuming' | 'restoring' | 'disconnected'

export interface SessionStateChange {
  readonly state: SessionState
  /** Why the connection or the session has ended. */
  readonly reason?: Disconnection['reason']
}

export type SessionEvents = {
  stateChanged: [change: SessionStateChange]
  /** The token expires at `expiresAt` (seconds since 1970), and there is no `getToken`: call `renew` with a fresh one. */
  tokenExpiring: [expiring: { readonly expiresAt: number }]
  /** A fresh token was accepted, which expires at `expiresAt` (seconds since 1970). */
  renewed: [renewed: { readonly expiresAt: number }]
  disconnected: [disconnection: Disconnection]
  /** The session is open again: the same or, if that was gone, another in which everything is restored. */
  reconnected: []
  error: [error: Error]
}

/** A registered user agent. */
export class Session extends Observable<SessionEvents> {
  readonly #userAgent: UserAgentOfSession<Session>
  readonly #link: Link
  readonly #tokens: TokenSource
  readonly #log: Log
  readonly #conversations = new KnownConversations()
  #state: SessionState = 'connecting'

  /** @internal */
  constructor({
    userAgent,
    tokens,
    createLink,
    log,
  }: {
    readonly userAgent: UserAgentOfSession<Session>
    readonly tokens: TokenSource
    readonly createLink: (handlers: LinkHandlers) => Link
    readonly log: Log
  }) {
    super()
    this.#userAgent = userAgent
    this.#tokens = tokens
    this.#log = log
    this.#link = createLink({
      onEvent: (event) => this.#receive(event),
      onDisconnected: (disconnection) => this.#disconnected(disconnection),
      onReplaced: () => void this.#restore(),
      onResumed: () => this.#resumed(),
      onRenewed: (expiresAt) => this.emit('renewed', { expiresAt }),
      onTokenExpiring: (expiresAt) => this.emit('tokenExpiring', { expiresAt }),
      onError: (error) => this.#failed(error),
    })
  }

  /** @internal */
  async open(): Promise<void> {
    await this.#link.open()
    this.#enter('connected')
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

  getState(): SessionState {
    return this.#state
  }

  /** Whether there is a connection to the gate at this moment. */
  isConnected(): boolean {
    return this.#link.isConnected
  }

  /** The conversation of that name, the same object as long as it is in use. It is not joined by this. */
  getConversation(name: string): Conversation {
    return this.getOrCreateConversation(name)
  }

  getOrCreateConversation(name: string): Conversation {
    return this.#conversations.find(name) ?? this.#conversations.add(new Conversation(name, this.#createHost()))
  }

  /** Those that are joined. */
  getActiveConversations(): Conversation[] {
    return this.#conversations.all().filter((conversation) => conversation.isJoined())
  }

  /** Sends a fresh token for the same user id. Rejects with a RefusedError if the gate does not accept it. */
  renew(token: string, { signal }: WaitOptions = {}): Promise<void> {
    return forApplication(unlessAborted(this.#link.renew(token), signal))
  }

  /** @internal Does not come back for now if the connection is lost: the user agent is opening another session. */
  pause(): void {
    this.#link.pause()
  }

  /** @internal */
  unpause(): void {
    this.#link.unpause()
  }

  /** Ends the session. It does not come back. */
  async disconnect(): Promise<void> {
    this.#link.close()
  }

  #createHost(): ConversationHost {
    const link = this.#link
    return {
      get registered() {
        return link.registered
      },
      get isConnected() {
        return link.isConnected
      },
      get hasEnded() {
        return link.hasEnded
      },
      createMessageId: () => this.#userAgent.createMessageId(),
      request: link.request.bind(link) as Link['request'],
      tell: link.tell.bind(link),
      onError: (error) => this.#failed(error),
    }
  }

  #receive(event: GateEvent): void {
    if (!('conversation' in event)) return
    this.#log('debug', 'received', { type: event.type })
    this.#conversations.find(event.conversation)?.handle(event)
  }

  #disconnected(disconnection: Disconnection): void {
    const { reason, willReconnect } = disconnection
    this.#enter(willReconnect ? 'resuming' : 'disconnected', reason)
    for (const conversation of this.#conversations.all()) {
      if (willReconnect) conversation.suspend()
      else conversation.end(reason === 'ejected' ? 'ejected' : undefined)
    }
    this.emit('disconnected', disconnection)
  }

  #resumed(): void {
    this.#enter('connected')
    for (const conversation of this.#conversations.all()) conversation.resume()
    this.emit('reconnected')
  }

  async #restore(): Promise<void> {
    this.#enter('restoring')
    const sessionId = this.getId()
    await Promise.all(this.#conversations.all().map((conversation) => conversation.restore()))
    // Otherwise the connection was lost again, and there will be another time.
    if (this.#state !== 'restoring' || this.getId() !== sessionId) return
    this.#enter('connected')
    this.emit('reconnected')
  }

  #failed(error: Error): void {
    this.#log('error', error.message, { name: error.name })
    this.emit('error', error)
  }

  #enter(state: SessionState, reason?: Disconnection['reason']): void {
    if (state === this.#state) return
    this.#state = state
    this.#log(state === 'resuming' ? 'warn' : 'info', state, reason && { reason })
    this.emit('stateChanged', { state, ...(reason && { reason }) })
  }
}
