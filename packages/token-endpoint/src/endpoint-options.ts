import type { AccessToken, AccessTokenOptions, ConversationGrant, Duration, UserData } from '@stagedoor/access-token'
import { aFunction, aNumber, anything, aText, checkOptions, optional, type Rule } from './check-options.ts'
import { type CorsOptions, checkCors } from './judge-origin.ts'
import type { TokenProblemCode } from './problem.ts'
import { checkRateLimit, type RateLimitOptions } from './rate-limit.ts'
import type { Wanted } from './read-wanted.ts'

/** The user, as the application knows them. */
export interface TokenUser {
  /** The user id, 1 to 256 characters. */
  readonly id: string
  /** What others in a conversation see of the user, such as a display name; at most 4,096 bytes of JSON. */
  readonly userData?: UserData
}

/** What an adapter knows about a request besides the request itself. */
export interface RequestContext {
  /** The address of the connection: the proxy's, if there is one in front. */
  readonly address?: string | undefined
}

export type Awaitable<T> = T | Promise<T>

/**
 * Authenticates the user. It must rely on proof of identity (a session, a signed token), never on what the page claims.
 *
 * @returns the user, or nothing if nobody is signed in.
 * @throws if it cannot be determined now: the endpoint answers 503, and the page retries.
 */
export type Authenticate = (
  request: Request,
  context: RequestContext,
) => Awaitable<TokenUser | string | null | undefined>

/** The outcome of a request, for the application's own records. Never contains a token. */
export interface TokenEvent {
  readonly outcome: 'minted' | TokenProblemCode
  readonly userId: string | undefined
  readonly origin: string | undefined
  readonly address: string | undefined
  /** When the token expires, in seconds since 1970. */
  readonly expiresAt: number | undefined
  /** The error that was thrown, if any. */
  readonly error: unknown
}

export interface TokenEndpointOptions {
  readonly apiKey: string
  /** The API key's secret, from the environment or a vault. */
  readonly secret: AccessTokenSecret
  readonly authenticate: Authenticate
  /**
   * The conversations that a user's token is restricted to. Default: as the API key's policy allows.
   *
   * @param wanted what the page requests; this function decides whether to grant it.
   * @returns the grants; `undefined` to let the policy decide; `null` to mint no token.
   */
  readonly grants?: (user: TokenUser, wanted: Wanted) => Awaitable<readonly ConversationGrant[] | null | undefined>
  /**
   * The lifetime of a token: a whole number of seconds, or a string with a unit (`90s`, `10m`, `1h`); from 1 second to 24 hours.
   * Default: 600 seconds. The page requests another token before it expires.
   */
  readonly ttl?: number | Duration
  /** The other origins whose pages may request tokens. Default: only the endpoint's own origin. */
  readonly cors?: CorsOptions
  /** Default: 30 tokens a minute for each user. `false` if something in front has a limit. */
  readonly rateLimit?: RateLimitOptions | false
  /** The timeout of `authenticate` and of `grants` (then 503), and of reading a body (then 400), each in seconds. Default: 10. */
  readonly timeoutSeconds?: number
  /** Called for each request. Not awaited; its errors are ignored. */
  readonly audit?: (event: TokenEvent) => unknown
  /** Other options of the token: the algorithm, the audience, the key id. */
  readonly token?: Pick<AccessTokenOptions, 'algorithm' | 'audience' | 'keyId'>
  /** Returns the time, in seconds since 1970. Default: the system clock. */
  readonly now?: () => number
}

type AccessTokenSecret = ConstructorParameters<typeof AccessToken>[1]

/** The maximum of `timeoutSeconds`, in seconds. */
export const MAX_TIMEOUT_SECONDS = 300

const RULES: Readonly<Record<keyof TokenEndpointOptions, Rule>> = {
  apiKey: aText,
  // The class that signs with it reports what is wrong with it.
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

/** @throws {TypeError} if an option is unknown, missing or invalid. */
export function checkEndpointOptions(options: TokenEndpointOptions): void {
  checkOptions('createTokenEndpoint', options, RULES)
  // If grants is omitted, the policy decides. An explicit undefined is a mistake that would give every user all that the policy allows.
  if ('grants' in options && typeof options.grants !== 'function') {
    throw new TypeError('createTokenEndpoint: grants must be a function; leave it out for what the policy allows')
  }
  if (options.token !== undefined) checkOptions('createTokenEndpoint: token', options.token, TOKEN_RULES)
  if (options.cors !== undefined) checkCors(options.cors)
  if (options.rateLimit !== undefined && options.rateLimit !== false) checkRateLimit(options.rateLimit)
}
