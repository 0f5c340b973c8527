import { MAX_CLOCK_SKEW_SECONDS } from '@stagedoor/access-token'
import {
  findKeysThrough,
  type Identity,
  isIssuer,
  PROVIDER_COOLDOWN_SECONDS,
  ProviderKeys,
  verifyIdentity,
} from '@stagedoor/identity'
import { aFunction, aNumber, aText, checkOptions, optional } from '../check-options.ts'
import type { Authenticate, Awaitable, TokenUser } from '../endpoint-options.ts'

export interface OidcOptions {
  /** The provider, exactly as its tokens name it in `iss`. Its keys are found by OpenID Connect Discovery. */
  readonly issuer: string
  /** The required audience of the tokens: the client id of an ID token, or the API of an access token. */
  readonly audience: string
  /** The claim that contains the user id. `email` is accepted only if the provider has verified it (`email_verified`). Default: `sub`. */
  readonly claim?: string
  /** Returns what others see of the user. Default: nothing. */
  readonly userData?: (claims: Identity['claims']) => Awaitable<TokenUser['userData']>
  /** The clock tolerance, in seconds, 0 to 300. Default: 5. */
  readonly clockSkewSeconds?: number
  /** The minimum time between two fetches of the keys, for an unknown key or after a failure, in seconds, 0 to 3,600. Default: 10. */
  readonly cooldownSeconds?: number
}

const DEFAULT_CLOCK_SKEW_SECONDS = 5
const MAX_COOLDOWN_SECONDS = 3_600
const BEARER = /^Bearer ([\w.~+/-]+=*)$/i

const RULES = {
  issuer: anIssuer,
  audience: aText,
  claim: optional(aText),
  userData: optional(aFunction),
  clockSkewSeconds: optional(aNumber(0, MAX_CLOCK_SKEW_SECONDS)),
  cooldownSeconds: optional(aNumber(0, MAX_COOLDOWN_SECONDS)),
}

/**
 * Authenticates the user by the ID token or access token (JWT) of an OpenID provider, which the page sends as
 * `Authorization: Bearer …`. With an invalid token, nobody is signed in. If the provider cannot be reached, it throws.
 *
 * @throws {TypeError} immediately if an option is unknown, missing or invalid. Without an audience, a token that the user gave to any
 * other application would be accepted.
 */
export function oidc(options: OidcOptions): Authenticate {
  checkOptions('oidc', options, RULES)
  const { issuer, audience, claim = 'sub' } = options
  const { clockSkewSeconds = DEFAULT_CLOCK_SKEW_SECONDS, cooldownSeconds = PROVIDER_COOLDOWN_SECONDS } = options
  let failure: unknown
  const findKeys = findKeysThrough(
    (url, init) => fetch(url, init),
    (_url, error) => {
      failure = error
    },
  )
  const keys = new ProviderKeys(findKeys, cooldownSeconds)
  const providers = [{ issuer, audience, userIdClaim: claim }]

  return async ({ headers }) => {
    const [, token] = BEARER.exec(headers.get('authorization') ?? '') ?? []
    if (token === undefined) return undefined
    const now = Date.now() / 1_000
    const found = await verifyIdentity(keys, { token, type: 'jwt', providers, clockSkewSeconds, now })
    if (!found.ok) {
      if (found.reason !== 'provider_unavailable') return undefined
      const reason = failure instanceof Error ? `: ${failure.message}` : ''
      throw new Error(`The keys of ${issuer} cannot be had${reason}`, { cause: failure })
    }
    const userData = await options.userData?.(found.claims)
    return { id: found.userId, ...(userData && { userData }) }
  }
}

function anIssuer(value: unknown): string | undefined {
  return typeof value === 'string' && isIssuer(value) ? undefined : 'an issuer such as "https://login.example"'
}
