import { MAX_CLOCK_SKEW_SECONDS } from '@stagedoor/access-token'
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { aFunction, aNumber, aText, checkOptions, optional } from '../check-options.ts'
import type { Authenticate, Awaitable, TokenUser } from '../endpoint-options.ts'

export interface OidcOptions {
  /** The provider, as its tokens name it in `iss`. Its keys are found by OpenID Connect Discovery. */
  readonly issuer: string
  /** Whom the tokens must be for: the client id of an ID token, or the API of an access token. */
  readonly audience: string
  /** The claim that is the user id. Default: `sub`. */
  readonly claim?: string
  /** What others see of the user. Default: nothing. */
  readonly userData?: (claims: JWTPayload) => Awaitable<TokenUser['userData']>
  /** How far clocks may differ, in seconds, 0 to 300. Default: 5. */
  readonly clockSkewSeconds?: number
  /** How long after its keys were fetched they may be fetched anew for one that is not known, in seconds, 0 to 3,600. Default: 10. */
  readonly cooldownSeconds?: number
}

/** Signatures that prove who signed: a secret would be known to the client too (RFC 8725 section 2.1). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const DEFAULT_CLOCK_SKEW_SECONDS = 5
const DEFAULT_COOLDOWN_SECONDS = 10
const TIMEOUT_MS = 5_000
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/
const BEARER = /^Bearer ([\w.~+/-]+=*)$/i

const RULES = {
  issuer: anIssuer,
  audience: aText,
  claim: optional(aText),
  userData: optional(aFunction),
  clockSkewSeconds: optional(aNumber(0, MAX_CLOCK_SKEW_SECONDS)),
  cooldownSeconds: optional(aNumber(0, 3_600)),
}

type Keys = ReturnType<typeof createRemoteJWKSet>

/**
 * Takes the user from the ID token or the access token (JWT) of an OpenID provider, which the page sends as
 * `Authorization: Bearer …`. Whatever is not right about a token is nobody signed in; a provider that cannot be reached throws.
 *
 * @throws {TypeError} at once if an option is unknown, missing or not what it must be: without an audience, a token that the user gave
 * to any other application would do.
 */
export function oidc(options: OidcOptions): Authenticate {
  checkOptions('oidc', options, RULES)
  const { issuer, audience, claim = 'sub' } = options
  let keys: Promise<Keys> | undefined

  /** Found once; where that fails, the next request tries again. */
  function findKeys(): Promise<Keys> {
    keys ??= discover(options).catch((error: unknown) => {
      keys = undefined
      throw error
    })
    return keys
  }

  return async ({ headers }) => {
    const [, token] = BEARER.exec(headers.get('authorization') ?? '') ?? []
    if (token === undefined) return undefined
    const clockTolerance = options.clockSkewSeconds ?? DEFAULT_CLOCK_SKEW_SECONDS
    const rules = { issuer, audience, algorithms: ALGORITHMS, clockTolerance, requiredClaims: ['exp'] }
    try {
      const { payload } = await jwtVerify(token, await findKeys(), rules)
      const id = payload[claim]
      if (typeof id !== 'string' || id === '') return undefined
      const userData = await options.userData?.(payload)
      return { id, ...(userData && { userData }) }
    } catch (error) {
      if (isAboutTheToken(error)) return undefined
      throw error
    }
  }
}

/** As OpenID Connect Discovery has it (section 3); without encryption only on this machine. */
function anIssuer(value: unknown): string | undefined {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname))
  return isSafe && url?.search === '' && url.hash === '' ? undefined : 'an issuer such as "https://login.example"'
}

async function discover({ issuer, cooldownSeconds = DEFAULT_COOLDOWN_SECONDS }: OidcOptions): Promise<Keys> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
  if (!answer.ok) throw new Error(`The provider answers ${answer.status} to discovery`)
  const found = (await answer.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown }
  // Otherwise one provider could speak for another (OpenID Connect Discovery section 4.3).
  if (found.issuer !== issuer)
    throw new Error('The provider calls itself another issuer than the one that was asked for')
  if (typeof found.jwks_uri !== 'string') throw new Error('The provider names no keys (jwks_uri)')
  return createRemoteJWKSet(new URL(found.jwks_uri), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: cooldownSeconds * 1_000,
  })
}

/** Whether an error says that the token is not good, and not that it cannot be told. */
function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  )
}
