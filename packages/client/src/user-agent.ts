import type { UserData } from '@stagedoor/protocol'
import { readApiKey } from './api-key-uri.ts'
import { gateUrl } from './connection/gate-url.ts'
import { Link } from './connection/link.ts'
import { type GetToken, TokenSource } from './connection/token-source.ts'
import { type CaptureOptions, captureConstraints } from './media/capture.ts'
import { listDevices, type UserMediaDevices } from './media/devices.ts'
import { Stream } from './media/stream.ts'
import { Observable } from './observable.ts'
import { Session } from './session/session.ts'
import type { UserAgentOfSession } from './session/user-agent-of-session.ts'

export interface UserAgentOptions {
  /** `apiKey:` and the API key. */
  readonly uri: string
  /** See `RegisterOptions`. */
  readonly getToken?: GetToken
}

export interface RegisterOptions {
  /**
   * Where the platform is, such as `https://rtc.example.com` or, under a path of a site, `https://example.com/rtc`. Default in a
   * browser: the origin of the page, without a path.
   */
  readonly cloudUrl?: string
  /** The user id that the token is for. */
  readonly id: string
  /** The token to begin with. Default: what `getToken` gives. */
  readonly token?: string
  /** What the other contacts see, where the token itself carries no user data; 4 KiB of JSON at most. */
  readonly userData?: UserData
  /**
   * Gives a fresh token for the same user, or is the address of the endpoint that does (`/token`): asked before the token ends, and when a lost connection comes back. Without it
   * the session tells of `tokenExpiring`, and comes back with the last token as long as that lasts.
   */
  readonly getToken?: GetToken
}

export type UserAgentEvents = {
  /** A microphone, a speaker or a camera was plugged in or out. */
  mediaDeviceChanged: []
}

/** Someone who is about to come in: an API key, and the devices of this browser. */
export class UserAgent extends Observable<UserAgentEvents> implements UserAgentOfSession<Session> {
  readonly #apiKey: string
  readonly #getToken: GetToken | undefined
  #session: Session | undefined

  /** Throws a TypeError where `uri` names no API key. */
  constructor({ uri, getToken }: UserAgentOptions) {
    super()
    this.#apiKey = readApiKey(uri)
    this.#getToken = getToken
    globalThis.navigator?.mediaDevices?.addEventListener('devicechange', () => this.emit('mediaDeviceChanged'))
  }

  /**
   * Opens a session, in the place of the one before. Rejects with a RefusedError where the gate refuses, with a
   * ConnectionError where it cannot be reached, and with what `getToken` rejects with.
   */
  async register({ cloudUrl, id, token, userData, getToken = this.#getToken }: RegisterOptions): Promise<Session> {
    const url = gateUrl(cloudUrl)
    const tokens = new TokenSource({ token, getToken })
    const options = { url, apiKey: this.#apiKey, id, userData, tokens }
    const session = new Session(this, tokens, (handlers) => new Link(options, handlers))
    await session.open()
    await this.unregister()
    this.#session = session
    session.on('disconnected', ({ willReconnect }) => {
      if (!willReconnect && this.#session === session) this.#session = undefined
    })
    return session
  }

  /** Ends the session, if there is one. */
  async unregister(): Promise<void> {
    await this.#session?.disconnect()
    this.#session = undefined
  }

  isRegistered(): boolean {
    return this.#session !== undefined
  }

  getCurrentSession(): Session | undefined {
    return this.#session
  }

  /** Opens camera and microphone. Rejects as `getUserMedia` does where there are none or the user declines. */
  async createStream(options: CaptureOptions = {}): Promise<Stream> {
    return new Stream(await navigator.mediaDevices.getUserMedia(captureConstraints(options)))
  }

  createStreamFromMediaStream(mediaStream: MediaStream): Stream {
    return new Stream(mediaStream)
  }

  getUserMediaDevices(): Promise<UserMediaDevices> {
    return listDevices()
  }
}
