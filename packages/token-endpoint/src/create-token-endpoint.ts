import {
  AccessToken,
  type AccessTokenOptions,
  ANY_USER_AGENT,
  type ConversationGrant,
  type UserData,
} from '@stagedoor/access-token'
import { ignoreRejections } from './ignore-rejections.ts'
import { answerPreflight, type CorsOptions, judgeOrigin } from './judge-origin.ts'
import {
  answerProblem,
  BODY_INCOMPLETE,
  FAULT,
  METHOD_NOT_ALLOWED,
  NOT_GRANTED,
  NOT_SIGNED_IN,
  ORIGIN_REFUSED,
  type TokenProblem,
  type TokenProblemCode,
  tooOften,
  UNAVAILABLE,
} from './problem.ts'
import { RateLimit, type RateLimitOptions } from './rate-limit.ts'
import { readWanted, type Wanted } from './read-wanted.ts'
import { within } from './within.ts'

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

type Awaitable<T> = T | Promise<T>

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
  /** The life of a token, in whole seconds, 1 to 86,400. Default: 600; the page asks for another one ahead of its end. */
  readonly ttl?: number
  /** The pages of other origins that may ask. Default: those of the endpoint's own origin alone. */
  readonly cors?: CorsOptions
  /** Default: 30 tokens a minute for each user. `false` where something in front has a limit. */
  readonly rateLimit?: RateLimitOptions | false
  /** How long `authenticate` and `grants` may each take, before the answer is 503, and a body, before it is 400; in seconds. Default: 10. */
  readonly timeoutSeconds?: number
  /** Told of each request. It is not waited for, and what it throws or rejects with is dropped. */
  readonly audit?: (event: TokenEvent) => unknown
  /** What goes into the token beside: the algorithm, the audience, the key id. */
  readonly token?: Pick<AccessTokenOptions, 'algorithm' | 'audience' | 'keyId'>
  /** The time, in seconds since 1970. Default: the clock. */
  readonly now?: () => number
}

type AccessTokenSecret = ConstructorParameters<typeof AccessToken>[1]

/** Answers a request for a token. */
export type TokenEndpoint = (request: Request, context?: RequestContext) => Promise<Response>

/** The life of a token where nobody says, in seconds. */
export const DEFAULT_TTL_SECONDS = 600
const DEFAULT_TIMEOUT_SECONDS = 10

/** What stands in the way, and what it was that was thrown. */
class Refusal extends Error {
  readonly problem: TokenProblem

  constructor(problem: TokenProblem, cause?: unknown) {
    super(problem.code, { cause })
    this.problem = problem
  }
}

/**
 * Makes the endpoint that a page asks for its access token: `POST`, answered with `{ token, apiKey, id, expiresAt }`.
 *
 * @throws {Error} at once where the API key, the secret or the life of a token cannot be used.
 *
 * @example
 * const endpoint = createTokenEndpoint({ apiKey, secret, authenticate: (request) => userOf(request)?.id })
 */
export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  const { apiKey, secret, ttl = DEFAULT_TTL_SECONDS, now = () => Date.now() / 1_000 } = options
  const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = options
  // So that what is wrong with the secret is seen when the back end starts, and not by its first user.
  new AccessToken(apiKey, secret, { ...options.token, ttl, apiRTC_UserAgent_Id: 'nobody' }).toJwt()
  const limit = options.rateLimit === false ? undefined : new RateLimit(options.rateLimit)

  /** Who asks, and for what they are let in; each step refuses by throwing. */
  async function decide(request: Request, context: RequestContext, seen: Seen): Promise<Response> {
    const read = await within(timeoutSeconds, 'the body', () => readWanted(request)).catch((error: unknown) => {
      throw new Refusal(BODY_INCOMPLETE, error)
    })
    if (!read.ok) throw new Refusal(read.problem)
    const user = await identify(request, context)
    seen.userId = user.id
    const waitSeconds = limit?.take(user.id, now()) ?? 0
    if (waitSeconds > 0) throw new Refusal(tooOften(waitSeconds))
    const conversations = await askHook('grants', () => options.grants?.(user, read.wanted))
    if (conversations === null) throw new Refusal(NOT_GRANTED)
    const { userData } = user
    const token = new AccessToken(apiKey, secret, {
      ...options.token,
      apiRTC_UserAgent_Id: user.id,
      ttl,
      ...(conversations && { conversations }),
      ...(userData && { userData }),
    }).toJwt()
    seen.expiresAt = Math.floor(now()) + ttl
    const body = JSON.stringify({ token, apiKey, id: user.id, expiresAt: seen.expiresAt })
    return new Response(body, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } })
  }

  async function identify(request: Request, context: RequestContext): Promise<TokenUser> {
    const found = await askHook('authenticate', () => options.authenticate(request, context))
    const user = typeof found === 'string' ? { id: found } : found
    if (user == null) throw new Refusal(NOT_SIGNED_IN)
    // A token for any user is what a back end must never give to one.
    if (user.id === ANY_USER_AGENT) throw new Error('authenticate gave the wildcard as a user id')
    return user
  }

  /** Asks a hook of the application; that it fails is no fault of the user. */
  async function askHook<T>(what: string, ask: () => Awaitable<T>): Promise<T> {
    try {
      return await within(timeoutSeconds, what, async () => {
        const answer = await ask()
        ignoreRejections(answer)
        return answer
      })
    } catch (error) {
      throw new Refusal(UNAVAILABLE, error)
    }
  }

  return async (request, context = {}) => {
    const origin = judgeOrigin(request, options.cors)
    const seen: Seen = {}
    const tell = (outcome: TokenEvent['outcome'], error?: unknown) => {
      const event: TokenEvent = {
        outcome,
        userId: seen.userId,
        origin: request.headers.get('origin') ?? undefined,
        address: context.address,
        expiresAt: seen.expiresAt,
        error,
      }
      // Records that cannot be kept must not keep users out, nor end the process.
      void (async () => options.audit?.(event))().catch(() => {})
    }
    try {
      if (!origin.ok) throw new Refusal(ORIGIN_REFUSED)
      if (request.method === 'OPTIONS') return answerPreflight(origin)
      if (request.method !== 'POST') throw new Refusal(METHOD_NOT_ALLOWED)
      const answer = await decide(request, context, seen)
      tell('minted')
      return withHeaders(answer, origin.headers)
    } catch (error) {
      const problem = error instanceof Refusal ? error.problem : FAULT
      tell(problem.code, error instanceof Refusal ? error.cause : error)
      return withHeaders(answerProblem(problem), origin.headers)
    }
  }
}

/** What is known of a request so far, for the records. */
interface Seen {
  userId?: string
  expiresAt?: number
}

function withHeaders(answer: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}
