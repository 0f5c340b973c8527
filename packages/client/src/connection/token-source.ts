import { limitWait } from '../limit-wait.ts'
import { askTokenEndpoint } from './ask-token-endpoint.ts'
import type { AnswerTo } from './messages.ts'

/**
 * Where a fresh token comes from: a function, or the address of the application's token endpoint. The signal aborts when the token is
 * not needed any more, or after 10 s, when the client gives up waiting and asks again later.
 */
export type GetToken = string | ((signal: AbortSignal) => Promise<string> | string)

/** How long the application may take to return a token, in milliseconds. */
export const TOKEN_TIMEOUT_MS = 10_000

export interface TokenSourceOptions {
  /** The token to begin with. */
  readonly token?: string | undefined
  readonly getToken?: GetToken | undefined
  /** A clock that only runs forwards, in milliseconds. Default: `performance.now()`. */
  readonly nowMs?: () => number
}

/** Where the tokens of a session come from. They are kept in memory only. */
export class TokenSource {
  readonly #getToken: ((signal: AbortSignal) => Promise<string> | string) | undefined
  readonly #nowMs: () => number
  #token: string | undefined
  #endsAtMs = Number.POSITIVE_INFINITY
  #asking: Promise<string> | undefined

  constructor({ token, getToken, nowMs = () => performance.now() }: TokenSourceOptions) {
    this.#token = token
    this.#getToken = typeof getToken === 'string' ? (signal) => askTokenEndpoint(getToken, { signal }) : getToken
    this.#nowMs = nowMs
  }

  /** The token that was given or accepted last. */
  get token(): string | undefined {
    return this.#token
  }

  /** Whether there is someone to ask for a fresh token. */
  get canAsk(): boolean {
    return this.#getToken !== undefined
  }

  /**
   * Requests a new token. Concurrent calls share one request, with the signal of the first. Rejects with what the application rejects
   * with, with a ConnectionError after {@link TOKEN_TIMEOUT_MS}, and with the reason of the signal.
   */
  ask(signal: AbortSignal): Promise<string> {
    this.#asking ??= this.#fetch(signal).finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  /** The token to register with at first: the one that was given, or else a fresh one. Undefined where there is neither. */
  async first(signal: AbortSignal): Promise<string | undefined> {
    return this.#token ?? (this.canAsk ? this.ask(signal) : undefined)
  }

  /** The token to come back with: a fresh one, or else the last, unless that has ended. */
  async next(signal: AbortSignal): Promise<string | undefined> {
    if (this.canAsk) return this.ask(signal)
    return this.#nowMs() < this.#endsAtMs ? this.#token : undefined
  }

  /** Remembers a token that the gate accepted. Its lifetime is measured by the gate's clock only. */
  keep(
    token: string | undefined,
    { expiresAt, serverTime }: Pick<AnswerTo<'renew'>, 'expiresAt' | 'serverTime'>,
  ): void {
    this.#token = token
    this.#endsAtMs = this.#nowMs() + (expiresAt - serverTime) * 1000
  }

  async #fetch(signal: AbortSignal): Promise<string> {
    const token: unknown = await limitWait((limited) => this.#getToken?.(limited), {
      timeoutMs: TOKEN_TIMEOUT_MS,
      timeoutMessage: `getToken returned no token within ${TOKEN_TIMEOUT_MS / 1000} s`,
      signal,
    })
    if (typeof token !== 'string') throw new TypeError('getToken must return a string')
    return token
  }
}
