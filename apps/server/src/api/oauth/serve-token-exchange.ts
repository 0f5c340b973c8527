import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { exchange } from '../../exchange/exchange.ts'
import { writeScope } from '../../exchange/grant-conversations.ts'
import type { JudgedRefusal } from '../../exchange/refusal.ts'
import type { KnownApiKey } from '../../keyring/known-api-key.ts'
import { includesOrigin } from '../../policy/origin.ts'
import type { Policy } from '../../policy/policy.ts'
import { originOf } from '../../public-url.ts'
import { wholeSeconds } from '../../rate-limit/bucket.ts'
import { networkOf } from '../../rate-limit/network-of.ts'
import { perMinute, RateLimiter } from '../../rate-limit/rate-limiter.ts'
import { errorOf } from './exchange-error.ts'
import type { OAuthContext } from './oauth-context.ts'
import { OAuthError, oauthErrors } from './oauth-error.ts'
import { type AskedExchange, readExchange } from './read-exchange.ts'
import { refuseInTurn } from './refuse-in-turn.ts'

/** The most exchanges from one address per minute, successful or not: an office may share one address. */
export const MAX_EXCHANGES_PER_MINUTE = 600
/** How long a browser can cache a preflight response, in seconds. */
const PREFLIGHT_MAX_AGE_SECONDS = 600

/** `POST /oauth/token`: exchanges the token of a user's identity provider for an access token (RFC 8693). */
export function serveTokenExchange(http: FastifyInstance, context: OAuthContext, path: string): void {
  const limiter = new RateLimiter()

  // It names no API key, so there is no policy to check yet: the actual request decides.
  http.options(path, async (_request, reply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': String(PREFLIGHT_MAX_AGE_SECONDS),
      })
      .send(),
  )

  http.post(path, async (request, reply) => {
    // A response for one origin must not be cached for another.
    reply.headers({ vary: 'origin', 'cache-control': 'no-store', pragma: 'no-cache' })
    const wait = limiter.take(networkOf(request.ip), perMinute(MAX_EXCHANGES_PER_MINUTE), context.clock.now())
    if (wait > 0) {
      context.recordExchange('rate_limited')
      throw oauthErrors.tooOften(wholeSeconds(wait))
    }
    const asked = read(context, request)
    const known = context.keyring.find(asked.apiKey)
    if (known?.policy.identityProviders === undefined) throw await refuse(context, request, 'target_unknown')
    const own = originOf(context.publicUrl())
    const { origin, 'sec-fetch-site': site } = request.headers
    if (!mayExchange({ origin, site: site as string | undefined, own }, known.policy)) {
      throw await refuse(context, request, 'origin_refused', known)
    }
    if (origin !== undefined) reply.header('access-control-allow-origin', origin)
    return answer(context, request, reply, known, asked)
  })
}

function read({ recordExchange }: OAuthContext, request: FastifyRequest): AskedExchange {
  try {
    return readExchange(request)
  } catch (error) {
    if (error instanceof OAuthError) recordExchange('malformed')
    throw error
  }
}

async function answer(
  context: OAuthContext,
  request: FastifyRequest,
  reply: FastifyReply,
  known: KnownApiKey,
  asked: AskedExchange,
) {
  const exchanged = await exchange(context, known, asked)
  if (!exchanged.ok) throw await refuse(context, request, exchanged.reason, known)
  context.recordExchange('exchanged')
  return reply.send({
    access_token: exchanged.token,
    issued_token_type: asked.issuedTokenType,
    // A bearer token. It is used as an access token, whichever of its two types was requested.
    token_type: 'Bearer',
    expires_in: exchanged.ttlSeconds,
    ...(exchanged.conversations && { scope: writeScope(exchanged.conversations) }),
  })
}

/** Counts a refusal, logs it without the token, and delays repeated failures. */
async function refuse(
  { throttle, recordExchange, log }: OAuthContext,
  request: FastifyRequest,
  reason: JudgedRefusal,
  known?: KnownApiKey,
): Promise<OAuthError> {
  recordExchange(reason)
  log.info({ reason, ...(known && { apiKey: known.apiKey }), address: request.ip }, 'a token was not exchanged')
  // Not the client's fault.
  if (reason === 'provider_unavailable') return errorOf(reason)
  const turn = await refuseInTurn(throttle, [`exchange ${networkOf(request.ip)}`])
  return turn === undefined ? oauthErrors.tooMany() : errorOf(reason)
}

interface Asking {
  readonly origin: string | undefined
  /** `Sec-Fetch-Site`, if a browser sent it. */
  readonly site: string | undefined
  /** The origin of the platform itself. */
  readonly own: string
}

/**
 * Whether a page can exchange tokens: its origin must be in the policy's list or, without a list, be the platform's own. The gate admits
 * pages of any origin if none is listed; but here, no back end checks who gets a token. Apps and programs send no origin.
 */
function mayExchange({ origin, site, own }: Asking, { origins }: Pick<Policy, 'origins'>): boolean {
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none'
  return origins === undefined ? origin === own : includesOrigin(origins, origin)
}
