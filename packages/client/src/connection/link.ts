import type { CloseReason, ServerMessageOf, UserData } from '@stagedoor/protocol'
import { createDeferred, type Deferred } from '../deferred.ts'
import { ConnectionError, RefusedError, SessionLostError } from '../errors.ts'
import { backoffMs, wait, waitForNetwork } from './backoff.ts'
import { ANSWER_TIMEOUT_MS, type Connection, connect } from './connection.ts'
import { Exchange } from './exchange.ts'
import { watchLiveness } from './liveness.ts'
import type { AnswerTo, GateEvent, Notice, Request, Requester } from './messages.ts'
import { doesPass, heldMs, isSignedOut } from './passing.ts'
import { readCloseCode } from './read-close-code.ts'
import { type Keep, renewByAsking, renewWith, spreadMs } from './renew.ts'
import type { TokenSource } from './token-source.ts'

/** A session that is resumed with less than this left of its token asks for a fresh one, in seconds. */
const RENEW_AHEAD_SECONDS = 60

export interface Disconnection {
  /** `disconnected` where this side ended the session; otherwise why the gate did, or `connection_lost`. */
  readonly reason: CloseReason | 'disconnected'
  /** Whether the client reconnects by itself. */
  readonly willReconnect: boolean
  /** What kept the session from coming back. */
  readonly error?: Error
}

export interface LinkHandlers {
  readonly onEvent: (event: GateEvent) => void
  /** The connection is lost, or the session has ended. */
  readonly onDisconnected: (disconnection: Disconnection) => void
  /** Another session was opened, which knows nothing of what the one before did. Nothing of it has been received yet. */
  readonly onReplaced: () => void
  /** The same session goes on. What was missed is received afterwards. */
  readonly onResumed: () => void
  readonly onRenewed: (expiresAt: number) => void
  /** The token expires soon, and there is no `getToken`. */
  readonly onTokenExpiring: (expiresAt: number) => void
  readonly onError: (error: Error) => void
}

export interface LinkOptions {
  readonly url: string
  readonly apiKey: string
  readonly id: string
  readonly userData?: UserData | undefined
  /** Names this client: a registration replaces the session that it had before. */
  readonly clientId: string
  /** Counts its registrations. */
  readonly nextAttempt: () => number
  readonly tokens: TokenSource
}

type Registered = ServerMessageOf<'registered'>

/** A registered session over as many connections as it takes: renews its token, resumes it, and opens another where that is gone. */
export class Link implements Requester {
  readonly #options: LinkOptions
  readonly #handlers: LinkHandlers
  #exchange = new Exchange(ANSWER_TIMEOUT_MS)
  #connection: Connection | undefined
  #stopWatching: () => void = () => {}
  #registered: Registered | undefined
  #ticket: string | undefined
  /** Aborts everything that is under way when the session ends. */
  readonly #ending = new AbortController()
  /** Aborts the attempt to come back that is under way. */
  #attempt: AbortController | undefined
  /** Kept from coming back meanwhile. */
  #paused: Deferred<void> | undefined
  /** Aborts the renewal that is under way. */
  #renewing: AbortController | undefined

  constructor(options: LinkOptions, handlers: LinkHandlers) {
    this.#options = options
    this.#handlers = handlers
  }

  /** What the gate answered when the session was opened. */
  get registered(): Registered {
    if (this.#registered === undefined) throw new ConnectionError('There is no session yet')
    return this.#registered
  }

  get isConnected(): boolean {
    return this.#connection !== undefined
  }

  get hasEnded(): boolean {
    return this.#ending.signal.aborted
  }

  /** Opens the session. Rejects with what the gate or `getToken` rejects with, or with a ConnectionError if {@link close} is called. */
  async open(): Promise<void> {
    try {
      await this.#register(await this.#options.tokens.first(this.#ending.signal))
    } catch (error) {
      throw this.hasEnded ? endedError() : error
    }
  }

  request<Type extends Request['type']>(
    message: Extract<Request, { type: Type }>,
    accept?: (answer: AnswerTo<Type>) => void,
  ): Promise<AnswerTo<Type>> {
    return this.#exchange.request(message, accept)
  }

  tell(notice: Notice): void {
    this.#exchange.tell(notice)
  }

  renew(token: string): Promise<void> {
    return renewWith(token, this, this.#keep)
  }

  close(): void {
    this.#end({ reason: 'disconnected', willReconnect: false })
  }

  /** Does not come back for now if the connection is lost: the same client is opening another session. */
  pause(): void {
    this.#paused ??= createDeferred()
    this.#attempt?.abort()
  }

  /** Comes back again. */
  unpause(): void {
    this.#paused?.resolve()
    this.#paused = undefined
  }

  readonly #keep: Keep = (token, renewed) => {
    this.#options.tokens.keep(token, renewed)
    // New peer connections use the credentials of the renewed session.
    this.#registered = { ...this.registered, iceServers: renewed.iceServers }
    this.#handlers.onRenewed(renewed.expiresAt)
  }

  async #register(token: string | undefined): Promise<void> {
    const { apiKey, id, userData, clientId, nextAttempt, tokens } = this.#options
    const attempt = nextAttempt()
    await this.#connect(
      { type: 'register', apiKey, id, token, userData, clientId, attempt },
      (connection, accepted) => {
        const registered = accepted as Registered
        tokens.keep(token, registered)
        const isFirst = this.#registered === undefined
        this.#registered = registered
        this.#ticket = registered.resume
        if (!isFirst) {
          const lost = this.#exchange
          this.#exchange = new Exchange(ANSWER_TIMEOUT_MS)
          // Requests that are made again use the new exchange.
          lost.end(new SessionLostError('The session was lost before the gate answered'))
          this.#stopRenewing()
        }
        this.#use(connection, 0)
        if (!isFirst) this.#handlers.onReplaced()
      },
    )
  }

  /** Resumes the session. Returns whether the gate still has it, with everything that this side has missed. */
  async #resume(): Promise<boolean> {
    const { clientId, tokens } = this.#options
    const ticket = this.#ticket
    if (ticket === undefined || !this.#exchange.canResume) return false
    let isResumed = false
    try {
      const { received } = this.#exchange
      await this.#connect({ type: 'resume', ticket, received, clientId }, (connection, accepted) => {
        const { resume, expiresAt, serverTime, received: receivedByGate } = accepted as ServerMessageOf<'resumed'>
        this.#ticket = resume
        isResumed = this.#use(connection, receivedByGate)
        if (!isResumed) return connection.close()
        // The first frame proves to the gate that its answer has arrived, so that the ticket before it works no more.
        this.#exchange.ping()
        this.#handlers.onResumed()
        if (tokens.canAsk && expiresAt - serverTime < RENEW_AHEAD_SECONDS) this.#renewByAsking()
      })
    } catch (error) {
      if (error instanceof RefusedError && !doesPass(error)) return false
      throw error
    }
    return isResumed
  }

  async #connect(
    first: Parameters<typeof connect>[1],
    onAccepted: (connection: Connection, accepted: Registered | ServerMessageOf<'resumed'>) => void,
  ): Promise<void> {
    let own: Connection | undefined
    const handlers: Parameters<typeof connect>[2] = {
      onAccepted: (connection, accepted) => {
        own = connection
        onAccepted(connection, accepted)
      },
      onMessage: (message) => {
        const event = this.#exchange.receive(message)
        if (event !== undefined) this.#receive(event as GateEvent)
      },
      onClosed: (code) => {
        if (this.#connection === own) this.#lose(code)
      },
    }
    await connect(this.#options.url, first, handlers, this.#attempt?.signal ?? this.#ending.signal)
  }

  /** Goes on over this connection. Returns whether that is possible. */
  #use(connection: Connection, receivedByGate: number): boolean {
    if (!this.#exchange.attach(connection, receivedByGate)) return false
    this.#connection = connection
    this.#stopWatching = watchLiveness({
      heardAt: () => connection.heardAt,
      ask: () => this.#exchange.ping(),
      lose: () => connection.lose(),
    })
    return true
  }

  #receive(event: GateEvent): void {
    if (event.type !== 'token_expiring') this.#handlers.onEvent(event)
    else if (this.#options.tokens.canAsk) {
      this.#renewByAsking(spreadMs(event.expiresAt - event.serverTime, Math.random()))
    } else this.#handlers.onTokenExpiring(event.expiresAt)
  }

  #renewByAsking(afterMs = 0): void {
    if (this.#renewing !== undefined || this.hasEnded) return
    const renewing = new AbortController()
    this.#renewing = renewing
    const { onError } = this.#handlers
    const options = { keep: this.#keep, signal: renewing.signal, afterMs, onError }
    void renewByAsking(this, this.#options.tokens, options).finally(() => {
      if (this.#renewing === renewing) this.#renewing = undefined
    })
  }

  #stopRenewing(): void {
    this.#renewing?.abort(endedError())
    this.#renewing = undefined
  }

  #lose(code: number): void {
    this.#connection = undefined
    this.#stopWatching()
    this.#exchange.detach()
    const { reason, willReconnect } = readCloseCode(code)
    if (!willReconnect) {
      this.#end({ reason, willReconnect })
      return
    }
    this.#handlers.onDisconnected({ reason, willReconnect })
    void this.#comeBack()
  }

  async #comeBack(): Promise<void> {
    const { signal } = this.#ending
    let held = 0
    for (let attempt = 0; ; attempt++) {
      await wait(held, signal)
      await waitForNetwork(backoffMs(attempt, Math.random()), signal)
      await this.#paused?.promise
      if (signal.aborted) return
      this.#attempt = new AbortController()
      try {
        if (await this.#resume()) return
        const token = await this.#options.tokens.next(signal)
        if (token === undefined) return this.#end({ reason: 'token_expired', willReconnect: false })
        return await this.#register(token)
      } catch (error) {
        if (signal.aborted) return
        held = heldMs(error)
        if (error instanceof RefusedError && !doesPass(error)) {
          return this.#end({ reason: 'refused', willReconnect: false, error })
        }
        if (isSignedOut(error)) return this.#end({ reason: 'token_expired', willReconnect: false, error })
        if (!(error instanceof ConnectionError)) this.#handlers.onError(error as Error)
      }
    }
  }

  #end(disconnection: Disconnection): void {
    if (this.hasEnded) return
    this.#ending.abort(endedError())
    this.#attempt?.abort()
    this.unpause()
    this.#stopRenewing()
    this.#stopWatching()
    this.#connection?.close()
    this.#connection = undefined
    this.#exchange.end(endedError())
    this.#handlers.onDisconnected(disconnection)
  }
}

function endedError(): ConnectionError {
  return new ConnectionError('The session has ended')
}
