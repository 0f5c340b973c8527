import type { CloseReason, UserData } from '@stagedoor/protocol'
import { ConnectionError, RefusedError } from '../errors.ts'
import { backoffMs, wait, waitForNetwork } from './backoff.ts'
import { type Connection, connect } from './connection.ts'
import type { AnswerTo, GateEvent, Notice, Request, Requester } from './messages.ts'
import { doesPass, heldMs, isSignedOut } from './passing.ts'
import { readCloseCode } from './read-close-code.ts'
import { type Keep, renewByAsking, renewWith, spreadMs } from './renew.ts'
import type { TokenSource } from './token-source.ts'

/** How many notices are kept while the connection is lost: a negotiation or two. */
const MAX_UNTOLD = 200
/** With less than this left of its token, a session that was resumed asks for a fresh one. */
const RENEW_AHEAD_SECONDS = 60

export interface Disconnection {
  /** `disconnected` where this side ended the session; otherwise why the gate did, or `connection_lost`. */
  readonly reason: CloseReason | 'disconnected'
  /** Whether the session is being opened again by itself. */
  readonly willReconnect: boolean
  /** What kept the session from coming back. */
  readonly error?: Error
}

export interface LinkHandlers {
  readonly onEvent: (event: GateEvent) => void
  readonly onDisconnected: (disconnection: Disconnection) => void
  /** A new session was opened, with another id. */
  readonly onReconnected: () => void
  /** The session was resumed. Called before missed messages are delivered. */
  readonly onResumed: () => void
  /** The token ends soon, and there is no `getToken` to ask. */
  readonly onTokenExpiring: (expiresAt: number) => void
  readonly onError: (error: Error) => void
}

export interface LinkOptions {
  readonly url: string
  readonly apiKey: string
  readonly id: string
  readonly userData?: UserData | undefined
  readonly tokens: TokenSource
}

/** A registered connection to the gate that renews its token and comes back when it is lost. */
export class Link implements Requester {
  readonly #options: LinkOptions
  readonly #handlers: LinkHandlers
  #connection: Connection | undefined
  #registered: AnswerTo<'register'> | undefined
  /** Resumes the session after the connection is lost. Works once. */
  #ticket: string | undefined
  /** What to send once the session is resumed. */
  #untold: Notice[] = []
  /** Aborts what is under way on the connection of the moment: renewal, or coming back. */
  #underWay = new AbortController()
  /** What aborts the renewal that is under way. */
  #renewing: AbortSignal | undefined
  #closed = false

  constructor(options: LinkOptions, handlers: LinkHandlers) {
    this.#options = options
    this.#handlers = handlers
  }

  /** What the gate answered when the session was opened last. */
  get registered(): AnswerTo<'register'> {
    if (this.#registered === undefined) throw new ConnectionError('There is no session yet')
    return this.#registered
  }

  get isOpen(): boolean {
    return this.#connection !== undefined
  }

  async open(): Promise<void> {
    await this.#register(await this.#options.tokens.first())
  }

  request<Type extends Request['type']>(
    message: Extract<Request, { type: Type }>,
    accept?: (answer: AnswerTo<Type>) => void,
  ): Promise<AnswerTo<Type>> {
    if (this.#connection === undefined) return Promise.reject(new ConnectionError('There is no connection to the gate'))
    return this.#connection.request(message, accept)
  }

  tell(notice: Notice): void {
    if (this.#connection !== undefined) this.#connection.tell(notice)
    else if (this.#untold.length < MAX_UNTOLD) this.#untold.push(notice)
  }

  renew(token: string): Promise<void> {
    return renewWith(token, this, this.#keep)
  }

  close(): void {
    this.#end({ reason: 'disconnected', willReconnect: false })
  }

  readonly #keep: Keep = (token, renewed) => {
    this.#options.tokens.keep(token, renewed)
    // What connects to others from now on does so with the credentials of the session's new life.
    this.#registered = { ...this.registered, iceServers: renewed.iceServers }
  }

  async #register(token: string | undefined): Promise<void> {
    const { apiKey, id, userData, tokens } = this.#options
    await this.#connect(async (connection, accept) => {
      await connection.request({ type: 'register', apiKey, id, token, userData }, (registered) => {
        tokens.keep(token, registered)
        this.#registered = registered
        this.#ticket = registered.resume
        this.#untold = []
        accept(connection)
      })
    })
  }

  /** Resumes the session if the gate still has it. */
  async #resume(): Promise<boolean> {
    const ticket = this.#ticket
    this.#ticket = undefined
    if (ticket === undefined) return false
    try {
      await this.#connect(async (connection, accept) => {
        await connection.request({ type: 'resume', ticket }, (resumed) => {
          this.#ticket = resumed.resume
          accept(connection)
          this.#handlers.onResumed()
          for (const notice of this.#untold.splice(0)) connection.tell(notice)
          // A renewal that was under way when the connection was lost is not announced again.
          const { tokens } = this.#options
          if (tokens.canAsk && resumed.expiresAt - resumed.serverTime < RENEW_AHEAD_SECONDS) this.#renewByAsking()
        })
      })
      return true
    } catch (error) {
      if (error instanceof RefusedError) return false
      // Whether the gate has taken the ticket is not known where it could not be reached: it is tried again.
      this.#ticket ??= ticket
      throw error
    }
  }

  /** Opens a connection, on which `enter` sends the first request and says when the connection is that of the session. */
  async #connect(
    enter: (connection: Connection, accept: (connection: Connection) => void) => Promise<void>,
  ): Promise<void> {
    let isLost = false
    const connection = await connect(this.#options.url, {
      onEvent: (event) => this.#receive(event),
      onClosed: (code) => {
        isLost = true
        if (this.#connection === connection) this.#lose(code)
      },
    })
    try {
      await enter(connection, () => {
        if (!this.#closed) this.#connection = connection
      })
    } catch (error) {
      connection.close()
      throw error
    }
    if (this.#closed) connection.close()
    if (this.#closed || isLost) throw new ConnectionError('The session was closed while it was being opened')
  }

  #receive(event: GateEvent): void {
    if (event.type !== 'token_expiring') this.#handlers.onEvent(event)
    else if (this.#options.tokens.canAsk)
      this.#renewByAsking(spreadMs(event.expiresAt - event.serverTime, Math.random()))
    else this.#handlers.onTokenExpiring(event.expiresAt)
  }

  #renewByAsking(afterMs = 0): void {
    const { signal } = this.#underWay
    if (this.#renewing === signal) return
    this.#renewing = signal
    const { tokens } = this.#options
    const { onError } = this.#handlers
    void renewByAsking(this, tokens, { keep: this.#keep, signal, afterMs, onError }).finally(() => {
      if (this.#renewing === signal) this.#renewing = undefined
    })
  }

  #lose(code: number): void {
    this.#connection = undefined
    this.#underWay.abort()
    this.#underWay = new AbortController()
    const { reason, willReconnect } = readCloseCode(code)
    if (willReconnect) {
      this.#handlers.onDisconnected({ reason, willReconnect })
      void this.#comeBack(this.#underWay.signal)
    } else this.#end({ reason, willReconnect })
  }

  async #comeBack(signal: AbortSignal): Promise<void> {
    let held = 0
    for (let attempt = 0; ; attempt++) {
      await wait(held, signal)
      await waitForNetwork(backoffMs(attempt, Math.random()), signal)
      if (signal.aborted) return
      try {
        if (await this.#resume()) return
        const token = await this.#options.tokens.next()
        if (token === undefined) return this.#end({ reason: 'token_expired', willReconnect: false })
        await this.#register(token)
        return this.#handlers.onReconnected()
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
    if (this.#closed) return
    this.#closed = true
    this.#underWay.abort()
    this.#connection?.close()
    this.#connection = undefined
    this.#handlers.onDisconnected(disconnection)
  }
}
