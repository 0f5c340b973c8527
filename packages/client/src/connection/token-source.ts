import { askTokenEndpoint } from './ask-token-endpoint.ts'
import type { AnswerTo } from './messages.ts'

/** Where a fresh token comes from: a function, or the address of the application's token endpoint. */
export type GetToken = string | (() => Promise<string> | string)

export interface TokenSourceOptions {
  /** The token to begin with. */
  readonly token?: string | undefined
  readonly getToken?: GetToken | undefined
  /** A clock that only runs forwards, in milliseconds. Default: `performance.now()`. */
  readonly nowMs?: () => number
}

/** Where the tokens of a session come from. They are kept in memory only. */
export class TokenSource {
  readonly #getToken: (() => Promise<string> | string) | undefined
  readonly #nowMs: () => number
  #token: string | undefined
  #endsAtMs = Number.POSITIVE_INFINITY
  #asking: Promise<string> | undefined

  constructor({ token, getToken, nowMs = () => performance.now() }: TokenSourceOptions) {
    this.#token = token
    this.#getToken = typeof getToken === 'string' ? () => askTokenEndpoint(getToken) : getToken
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

  /** Requests a new token. Concurrent calls share one request. */
  ask(): Promise<string> {
    this.#asking ??= this.#fetch().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  /** The token to register with at first: the one that was given, or else a fresh one. Undefined where there is neither. */
  async first(): Promise<string | undefined> {
    return this.#token ?? (this.canAsk ? this.ask() : undefined)
  }

  /** The token to come back with: a fresh one, or else the last, unless that has ended. */
  async next(): Promise<string | undefined> {
    if (this.canAsk) return this.ask()
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

  async #fetch(): Promise<string> {
    const token: unknown = await this.#getToken?.()
    if (typeof token !== 'string') throw new TypeError('getToken gave no string')
    return token
  }
}
