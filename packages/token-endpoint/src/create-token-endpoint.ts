import { AccessToken, type ConversationGrant, readTtl } from '@stagedoor/access-token'
import { kindOf } from './check-options.ts'
import {
  type Awaitable,
  checkEndpointOptions,
  type RequestContext,
  type TokenEndpointOptions,
  type TokenEvent,
  type TokenUser,
} from './endpoint-options.ts'
import { ignoreRejections } from './ignore-rejections.ts'
import { answerPreflight, judgeOrigin } from './judge-origin.ts'
import {
  answerProblem,
  BODY_INCOMPLETE,
  FAULT,
  METHOD_NOT_ALLOWED,
  NOT_GRANTED,
  NOT_SIGNED_IN,
  ORIGIN_REFUSED,
  type TokenProblem,
  tooOften,
  UNAVAILABLE,
} from './problem.ts'
import { RateLimit } from './rate-limit.ts'
import { readUser } from './read-user.ts'
import { readWanted, type Wanted } from './read-wanted.ts'
import { within } from './within.ts'

/** Responds to a request for a token. */
export type TokenEndpoint = (request: Request, context?: RequestContext) => Promise<Response>

/** The default lifetime of a token, in seconds. */
export const DEFAULT_TTL_SECONDS = 600
const DEFAULT_TIMEOUT_SECONDS = 10

/** The problem, and the error that caused it. */
class Refusal extends Error {
  readonly problem: TokenProblem

  constructor(problem: TokenProblem, cause?: unknown) {
    super(problem.code, { cause })
    this.problem = problem
  }
}

/**
 * Creates the endpoint from which a page gets its access token: `POST`, with the response `{ token, apiKey, id, expiresAt }`.
 *
 * @throws {TypeError} immediately if an option is unknown, missing or invalid.
 * @throws {Error} immediately if the API key, the secret or the token lifetime cannot be used.
 *
 * @example
 * const endpoint = createTokenEndpoint({ apiKey, secret, authenticate: (request) => userOf(request)?.id })
 */
export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  checkEndpointOptions(options)
  const ttl = readTtl(options.ttl === undefined ? DEFAULT_TTL_SECONDS : options.ttl)
  const { apiKey, secret, now = () => Date.now() / 1_000 } = options
  const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = options
  // So that a problem with the secret is noticed when the back end starts, not by its first user.
  new AccessToken(apiKey, secret, { ...options.token, ttl, apiRTC_UserAgent_Id: 'nobody' }).toJwt()
  const limit = options.rateLimit === false ? undefined : new RateLimit(options.rateLimit)

  /** Authenticates the user and decides the grants. Each step refuses by throwing. */
  async function decide(request: Request, context: RequestContext, seen: Seen): Promise<Response> {
    const read = await within(timeoutSeconds, 'the body', () => readWanted(request)).catch((error: unknown) => {
      throw new Refusal(BODY_INCOMPLETE, error)
    })
    if (!read.ok) throw new Refusal(read.problem)
    const user = await identify(request, context)
    seen.userId = user.id
    const waitSeconds = limit?.take(user.id, readClock()) ?? 0
    if (waitSeconds > 0) throw new Refusal(tooOften(waitSeconds))
    const conversations = await findGrants(user, read.wanted)
    const { userData } = user
    const token = new AccessToken(apiKey, secret, {
      ...options.token,
      apiRTC_UserAgent_Id: user.id,
      ttl,
      ...(conversations !== undefined && { conversations }),
      ...(userData !== undefined && { userData }),
    }).toJwt()
    seen.expiresAt = Math.floor(readClock()) + ttl
    const body = JSON.stringify({ token, apiKey, id: user.id, expiresAt: seen.expiresAt })
    return new Response(body, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } })
  }

  async function identify(request: Request, context: RequestContext): Promise<TokenUser> {
    const user = readUser(await askHook('authenticate', () => options.authenticate(request, context)))
    if (user === undefined) throw new Refusal(NOT_SIGNED_IN)
    return user
  }

  /** The conversations that the token is restricted to; `undefined` if the policy decides. */
  async function findGrants(user: TokenUser, wanted: Wanted): Promise<readonly ConversationGrant[] | undefined> {
    if (options.grants === undefined) return undefined
    const { grants } = options
    const granted: unknown = await askHook('grants', () => grants(user, wanted))
    if (granted === null) throw new Refusal(NOT_GRANTED)
    if (granted === undefined || Array.isArray(granted)) return granted
    throw new TypeError(`grants must return an array, null or undefined; it returned ${kindOf(granted)}`)
  }

  function readClock(): number {
    const seconds: unknown = now()
    if (typeof seconds === 'number' && Number.isFinite(seconds)) return seconds
    throw new TypeError(`now must return seconds since 1970; it returned ${kindOf(seconds)}`)
  }

  /** Calls a hook of the application. Its failure is not the user's fault. */
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
      // A failing audit hook must not refuse users or end the process.
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

/** What is known about a request so far, for audit. */
interface Seen {
  userId?: string
  expiresAt?: number
}

function withHeaders(answer: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}
