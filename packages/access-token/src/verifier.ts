import { Buffer } from 'node:buffer'
import { authenticate } from './authenticate.ts'
import { DEFAULT_AUDIENCE, MAX_CLOCK_SKEW_SECONDS, MAX_TTL_SECONDS, type VerifiedClaims } from './claims.ts'
import { judgeClaims, type Terms } from './judge-claims.ts'
import { type CheckOutcome, listChecks } from './list-checks.ts'
import { readClaims } from './read-claims.ts'
import { readForm, readTokenHeader, refuseSignatureForm, type TokenHeader } from './read-token.ts'
import { refuse, type TokenRefusal } from './refusal.ts'
import { prepareKeys, type VerifierKey } from './verifier-keys.ts'

export interface TokenVerifierOptions {
  /** The keys to verify with. Without keys, every token is refused. */
  readonly keys: readonly VerifierKey[]
  /** The expected API key (`sub`). Default: any. */
  readonly apiKey?: string
  /** The required audience: `aud` must be or contain it. Default: `apiRTC`. */
  readonly audience?: string
  /** The clock tolerance for `exp` and `nbf`, in seconds, 0 to 300. Default: 0. */
  readonly clockSkewSeconds?: number
  /** The longest accepted lifetime (`exp - iat`), in seconds, 1 to 86,400. Default: 86,400. */
  readonly maxTtlSeconds?: number
  /** Whether a token for any user id (`ApiKey_Token`) is accepted. Default: no. */
  readonly allowAnyUserAgent?: boolean
}

export interface VerifyOptions {
  /** The user id that the token must be for. Default: any that it names. */
  readonly userId?: string
  /** The time to verify at, in seconds since 1970. Default: now. */
  readonly now?: number
}

export type TokenVerification =
  | {
      readonly ok: true
      readonly claims: VerifiedClaims
      /** The id of the key that verified the signature, if it has one. */
      readonly keyId: string | undefined
    }
  | TokenRefusal

/** A verification with every check in order: passed, failed or not reached. */
export type Explanation = TokenVerification & { readonly checks: readonly CheckOutcome[] }

/**
 * Verifies a token in bounded time. Never throws on untrusted input. Throws `CryptoUnsupportedError` if the runtime fails, because that
 * is not a verdict.
 */
export interface TokenVerifier {
  (token: unknown, options?: VerifyOptions): TokenVerification
  /** Verifies the token and lists the checks. */
  explain(token: unknown, options?: VerifyOptions): Explanation
}

// How many distinct headers a verifier remembers; usually, each key has one.
const MAX_KNOWN_HEADERS = 64
// As seconds, this is in the year 5138; as milliseconds, in 1973.
const LOOKS_LIKE_MILLISECONDS = 1e11

/**
 * Creates a verifier of access tokens: JWS in the compact serialization (RFC 7515) with the claims of RFC 7519, following the practices
 * of RFC 8725. The signature is verified before the claims.
 *
 * @throws {KeyRefusedError} if a key is weak or does not fit its algorithm.
 * @throws {CryptoUnsupportedError} if the runtime cannot verify with the algorithm of a key.
 * @throws {RangeError} if an option is out of range.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const keys = prepareKeys(options.keys)
  const terms = readTerms(options)
  const knownHeaders = new Map<string, TokenHeader>()

  function verify(token: unknown, { userId, now = Date.now() / 1000 }: VerifyOptions = {}): TokenVerification {
    requireSeconds('now', now, -Infinity, LOOKS_LIKE_MILLISECONDS)
    const form = readForm(token)
    if (!form.ok) return form
    const known = knownHeaders.get(form.parts.header)
    const header = known ?? readTokenHeader(form.parts.header)
    if (!header.ok) return refuseSignatureForm(form.parts) ?? header
    const authentic = authenticate(keys, header.header, form.parts)
    if (!authentic.ok) return refuseSignatureForm(form.parts) ?? authentic
    // Only signed headers are remembered, so attackers cannot fill the memory.
    if (known === undefined && knownHeaders.size < MAX_KNOWN_HEADERS) knownHeaders.set(copy(form.parts.header), header)
    const reading = readClaims(form.payload)
    if (!reading.ok) return refuse('claims', 'token_malformed', reading.reason, reading)
    const refusal = judgeClaims(reading.claims, terms, now, userId)
    return refusal ?? { ok: true, claims: reading.claims as VerifiedClaims, keyId: authentic.key.keyId }
  }

  function explain(token: unknown, options?: VerifyOptions): Explanation {
    const verification = verify(token, options)
    return { ...verification, checks: listChecks(verification) }
  }

  return Object.assign(verify, { explain })
}

// A substring is a view of the token in memory, and would keep the whole token alive.
function copy(part: string): string {
  return Buffer.from(part, 'latin1').toString('latin1')
}

function readTerms({
  apiKey,
  audience = DEFAULT_AUDIENCE,
  clockSkewSeconds = 0,
  maxTtlSeconds = MAX_TTL_SECONDS,
  allowAnyUserAgent = false,
}: TokenVerifierOptions): Terms {
  requireSeconds('clockSkewSeconds', clockSkewSeconds, 0, MAX_CLOCK_SKEW_SECONDS)
  requireSeconds('maxTtlSeconds', maxTtlSeconds, 1, MAX_TTL_SECONDS)
  return { apiKey, audience, clockSkewSeconds, maxTtlSeconds, allowAnyUserAgent }
}

function requireSeconds(name: string, value: number, least: number, most: number): void {
  if (typeof value === 'number' && value >= least && value <= most) return
  throw new RangeError(`${name} is a number of seconds from ${least} to ${most}; given was ${String(value)}`)
}
