import type { AccessToken, AccessTokenOptions, ConversationGrant, Duration, UserData } from '@stagedoor/access-token'
import { aFunction, aNumber, anything, aText, checkOptions, optional, type Rule } from './check-options.ts'
import { type CorsOptions, checkCors } from './judge-origin.ts'
import type { TokenProblemCode } from './problem.ts'
import { checkRateLimit, type RateLimitOptions } from './rate-limit.ts'
import type { Wanted } from './read-wanted.ts'

/** Whom the application knows its user by. */
export interface TokenUser {
  /** The user id, 1 to 256 characters. */
  readonly id: string
  /** What the others in a conversation see of the user, such as a display name; at most 4,096 bytes of JSON. */
  readonly userData?: UserData
}

/** What an adapter knows of a request beside the request. */
export interface RequestContext {
  /** The address that the connection came from: of a proxy, where one stands in front. */
  readonly address?: string | undefined
}

export type Awaitable<T> = T | Promise<T>

/**
 * Finds out who asks. It must take the user from what proves who it is (a session, a signed token), and never from what the
 * page says.
 *
 * @returns the user, or nothing where nobody is signed in.
 * @throws where that cannot be found out now: the endpoint answers 503, and the page tries again.
 */
export type Authenticate = (
  request: Request,
  context: RequestContext,
) => Awaitable<TokenUser | string | null | undefined>

/** What has become of a request, for the application's own records. It never holds a token. */
export interface TokenEvent {
  readonly outcome: 'minted' | TokenProblemCode
  readonly userId: string | undefined
  readonly origin: string | undefined
  readonly address: string | undefined
  /** When the token ends, in seconds since 1970. */
  readonly expiresAt: number | undefined
  /** What was thrown, where something was. */
  readonly error: unknown
}

export interface TokenEndpointOptions {
  readonly apiKey: string
  /** The API key's secret, from the environment or a vault. */
  readonly secret: AccessTokenSecret
  readonly authenticate: Authenticate
  /**
   * The conversations that a user's token is held to. Default: what the API key's policy allows.
   *
   * @param wanted what the page asks for, which is for this function to judge.
   * @returns the grants; `undefined` for what the policy allows; `null` to give no token.
   */
  readonly grants?: (user: TokenUser, wanted: Wanted) => Awaitable<readonly ConversationGrant[] | null | undefined>
  /**
   * The lifetime of a token: a whole number of seconds, or a text with its unit (`90s`, `10m`, `1h`); from 1 second to 24 hours.
   * Default: 600 seconds; the page asks for another token before it ends.
   */
  readonly ttl?: number | Duration
  /** The pages of other origins that may ask. Default: those of the endpoint's own origin alone. */
  readonly cors?: CorsOptions
  /** Default: 30 tokens a minute for each user. `false` where something in front has a limit. */
  readonly rateLimit?: RateLimitOptions | false
  /** How long `authenticate` and `grants` may each take, before the answer is 503, and a body, before it is 400; in seconds. Default: 10. */
  readonly timeoutSeconds?: number
  /** Called with each request. Not awaited; errors are dropped. */
  readonly audit?: (event: TokenEvent) => unknown
  /** What goes into the token beside: the algorithm, the audience, the key id. */
  readonly token?: Pick<AccessTokenOptions, 'algorithm' | 'audience' | 'keyId'>
  /** The time, in seconds since 1970. Default: the clock. */
  readonly now?: () => number
}

type AccessTokenSecret = ConstructorParameters<typeof AccessToken>[1]

/** The longest that `timeoutSeconds` may be, in seconds. */
export const MAX_TIMEOUT_SECONDS = 300

const RULES: Readonly<Record<keyof TokenEndpointOptions, Rule>> = {
  apiKey: aText,
  // The class that signs with it says what is wrong with it.
  secret: anything,
  authenticate: aFunction,
  grants: anything,
  ttl: anything,
  cors: anything,
  rateLimit: anything,
  timeoutSeconds: optional(aNumber(0.001, MAX_TIMEOUT_SECONDS)),
  audit: optional(aFunction),
  token: anything,
  now: optional(aFunction),
}
const TOKEN_RULES = { algorithm: anything, audience: optional(aText), keyId: optional(aText) }

/** @throws {TypeError} if an option is unknown, missing, or not what it must be. */
export function checkEndpointOptions(options: TokenEndpointOptions): void {
  checkOptions('createTokenEndpoint', options, RULES)
  // Left out, the policy decides. Given as undefined, it is a mistake that would give every user all that the policy has.
  if ('grants' in options && typeof options.grants !== 'function') {
    throw new TypeError('createTokenEndpoint: grants must be a function; leave it out for what the policy allows')
  }
  if (options.token !== undefined) checkOptions('createTokenEndpoint: token', options.token, TOKEN_RULES)
  if (options.cors !== undefined) checkCors(options.cors)
  if (options.rateLimit !== undefined && options.rateLimit !== false) checkRateLimit(options.rateLimit)
}
