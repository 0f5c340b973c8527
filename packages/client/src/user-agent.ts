import { ANY_USER_AGENT, MAX_NAME_LENGTH, MAX_USER_DATA_BYTES, NAME, type UserData } from '@stagedoor/protocol'
import { readApiKey } from './api-key-uri.ts'
import { gateUrl } from './connection/gate-url.ts'
import { Link } from './connection/link.ts'
import { type GetToken, TokenSource } from './connection/token-source.ts'
import { forApplication } from './deferred.ts'
import { SupersededError } from './errors.ts'
import { unlessAborted } from './limit-wait.ts'
import { type Log, NO_LOG } from './log.ts'
import { type CaptureOptions, captureConstraints } from './media/capture.ts'
import { listDevices, mediaDevices, type UserMediaDevices } from './media/devices.ts'
import { Stream } from './media/stream.ts'
import { Observable } from './observable.ts'
import { Session } from './session/session.ts'
import type { UserAgentOfSession } from './session/user-agent-of-session.ts'

export interface UserAgentOptions {
  /** `apiKey:` and the API key. */
  readonly uri: string
  /** See `RegisterOptions`. */
  readonly getToken?: GetToken | undefined
  /** Called with each line that the client logs. Default: nothing is logged. */
  readonly log?: Log | undefined
}

export interface RegisterOptions {
  /**
   * Where the platform is, such as `https://rtc.example.com` or, under a path of a site, `https://example.com/rtc`. Default in a
   * browser: the origin of the page, without a path.
   */
  readonly cloudUrl?: string | undefined
  /** The user id that the token is for: 1 to 256 characters. */
  readonly id: string
  /** The token to begin with. Default: what `getToken` returns. */
  readonly token?: string | undefined
  /** What the other contacts see, where the token itself carries no user data; 4 KiB of JSON at most. */
  readonly userData?: UserData | undefined
  /**
   * Returns a fresh token for the same user, or is the address of the endpoint that does (`/token`). It is called before the token
   * expires, and when a lost session is opened again. Without it the session emits `tokenExpiring`, and comes back with the last token
   * while that is valid.
   */
  readonly getToken?: GetToken | undefined
  /** Gives the registration up: it rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
}

export type UserAgentEvents = {
  /** A microphone, a speaker or a camera was plugged in or out. */
  mediaDeviceChanged: []
}

/** An application's user in this page: registers sessions, one at a time, and knows the devices of the browser. */
export class UserAgent extends Observable<UserAgentEvents> implements UserAgentOfSession<Session> {
  readonly #apiKey: string
  readonly #getToken: GetToken | undefined
  readonly #log: Log
  /** Tells the gate that a registration replaces the session that this client had. */
  readonly #clientId = randomId()
  #attempts = 0
  #messages = 0
  #opening: Session | undefined
  #session: Session | undefined
  #unlisten: (() => void) | undefined

  /** Throws a TypeError if `uri` names no API key. */
  constructor({ uri, getToken, log = NO_LOG }: UserAgentOptions) {
    super()
    this.#apiKey = readApiKey(uri)
    this.#getToken = getToken
    this.#log = log
  }

  /**
   * Opens a session, in place of the one before. Rejects with a TypeError if an option is invalid, with a RefusedError if the gate
   * refuses, with a ConnectionError if it cannot be reached, with what `getToken` rejects with, and with a SupersededError if `register`
   * or `unregister` is called before it has resolved: the last call wins.
   */
  register(options: RegisterOptions): Promise<Session> {
    return forApplication(this.#register(options))
  }

  /** Ends the session, or the registration that is under way. */
  async unregister(): Promise<void> {
    const sessions = [this.#opening, this.#session]
    this.#opening = undefined
    this.#session = undefined
    for (const session of sessions) await session?.disconnect()
  }

  isRegistered(): boolean {
    return this.#session !== undefined
  }

  getCurrentSession(): Session | undefined {
    return this.#session
  }

  /** Opens camera and microphone. Rejects as `getUserMedia` does where there are none or the user declines. */
  async createStream(options: CaptureOptions = {}): Promise<Stream> {
    return new Stream(await mediaDevices().getUserMedia(captureConstraints(options)))
  }

  createStreamFromMediaStream(mediaStream: MediaStream): Stream {
    return new Stream(mediaStream)
  }

  getUserMediaDevices(): Promise<UserMediaDevices> {
    return listDevices()
  }

  override on<Name extends keyof UserAgentEvents>(
    event: Name,
    listener: (...args: UserAgentEvents[Name]) => void,
  ): () => void {
    const remove = super.on(event, listener)
    // The browser would hold every user agent that ever was, so it holds none, and is listened to only while somebody listens here.
    const self = new WeakRef(this)
    this.#unlisten ??= listenToDevices(() => self.deref()?.emit('mediaDeviceChanged'))
    return remove
  }

  override off<Name extends keyof UserAgentEvents>(
    event: Name,
    listener: (...args: UserAgentEvents[Name]) => void,
  ): void {
    super.off(event, listener)
    if (this.isHeard('mediaDeviceChanged')) return
    this.#unlisten?.()
    this.#unlisten = undefined
  }

  /** @internal */
  createMessageId(): string {
    this.#messages++
    return `${this.#clientId}.${this.#messages}`
  }

  async #register({
    cloudUrl,
    id,
    token,
    userData,
    getToken = this.#getToken,
    signal,
  }: RegisterOptions): Promise<Session> {
    checkId(id)
    checkUserData(userData)
    const url = gateUrl(cloudUrl)
    const tokens = new TokenSource({ token, getToken })
    const options = {
      url,
      apiKey: this.#apiKey,
      id,
      userData,
      clientId: this.#clientId,
      nextAttempt: () => ++this.#attempts,
      tokens,
    }
    const session = new Session({
      userAgent: this,
      tokens,
      createLink: (handlers) => new Link(options, handlers),
      log: this.#log,
    })
    // At once, so that a call in the same tick finds it.
    const abandoned = this.#opening
    this.#opening = session
    await abandoned?.disconnect()
    // Otherwise it might come back, and replace the new one.
    this.#session?.pause()
    try {
      await unlessAborted(session.open(), signal)
    } catch (error) {
      await session.disconnect()
      if (this.#opening !== session) throw superseded()
      this.#opening = undefined
      this.#session?.unpause()
      throw error
    }
    if (this.#opening !== session) {
      await session.disconnect()
      throw superseded()
    }
    this.#opening = undefined
    await this.#session?.disconnect()
    this.#session = session
    session.on('disconnected', ({ willReconnect }) => {
      if (!willReconnect && this.#session === session) this.#session = undefined
    })
    return session
  }
}

function superseded(): SupersededError {
  return new SupersededError('Another call of register or unregister came before the session was open')
}

function checkId(id: unknown): void {
  if (typeof id === 'string' && id.length <= MAX_NAME_LENGTH && NAME.test(id) && id !== ANY_USER_AGENT) return
  throw new TypeError(
    `id must be a user id of 1 to ${MAX_NAME_LENGTH} characters without control characters, and neither "." nor ".."`,
  )
}

function checkUserData(userData: unknown): void {
  if (userData === undefined) return
  const isObject = typeof userData === 'object' && userData !== null && !Array.isArray(userData)
  if (!isObject) throw new TypeError('userData must be an object')
  const bytes = new TextEncoder().encode(JSON.stringify(userData)).length
  if (bytes <= MAX_USER_DATA_BYTES) return
  throw new TypeError(`userData is ${bytes} bytes of JSON; the limit is ${MAX_USER_DATA_BYTES}`)
}

/** 128 random bits. `crypto.randomUUID` is for secure contexts only, and a page in development may not be one. */
function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function listenToDevices(listener: () => void): () => void {
  const devices = globalThis.navigator?.mediaDevices as MediaDevices | undefined
  devices?.addEventListener('devicechange', listener)
  return () => devices?.removeEventListener('devicechange', listener)
}
