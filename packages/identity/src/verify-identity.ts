import { userIdSchema } from '@stagedoor/protocol'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyResult, jwtVerify } from 'jose'
import type { FoundKeys } from './find-keys.ts'
import type { ProviderKeys } from './provider-keys.ts'

/** What a token is presented as (RFC 8693 section 3). */
export const TOKEN_TYPES = ['id_token', 'access_token', 'jwt'] as const
export type TokenType = (typeof TOKEN_TYPES)[number]

/** How far ahead of the clock here `iat` may be, in seconds. */
export const MAX_ISSUED_AHEAD_SECONDS = 300
/** How many keys of a provider are tried at the most, where a token does not say which (no `kid`), or several have one name. */
export const MAX_KEYS_TRIED = 16

/** A provider whose tokens are trusted, for one audience. */
export interface TrustedProvider {
  /** The provider, as its tokens name it in `iss`. */
  readonly issuer: string
  /** Whom its tokens must be for (`aud`). */
  readonly audience: string
  /** The claim that is the user id. `email` counts only where the provider has verified it. */
  readonly userIdClaim: string
}

/** Whose token it is, which its provider has signed for just this use. */
export interface Identity<Provider extends TrustedProvider = TrustedProvider> {
  readonly ok: true
  readonly provider: Provider
  readonly userId: string
  readonly claims: JWTPayload & { readonly iat: number; readonly exp: number }
}

/** Why a token is nobody's. */
export type IdentityRefusalReason =
  | 'token_malformed'
  | 'issuer_untrusted'
  | 'signature_invalid'
  | 'audience_mismatch'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'token_too_old'
  | 'token_unfit'
  | 'user_id_unusable'
  | 'provider_unavailable'

export interface IdentityRefusal {
  readonly ok: false
  /** `provider_unavailable` says nothing about the token: it cannot be verified now. */
  readonly reason: IdentityRefusalReason
}

export interface PresentedToken<Provider extends TrustedProvider = TrustedProvider> {
  readonly token: string
  readonly type: TokenType
  readonly providers: readonly Provider[]
  /** How far clocks may differ when `exp` and `nbf` are judged, in seconds. */
  readonly clockSkewSeconds: number
  /** How long ago it may have been issued, in seconds. Default: any time. */
  readonly maxAgeSeconds?: number
  /** Seconds since 1970. */
  readonly now: number
}

/** Signatures that prove who signed: a secret would be known to the client too (RFC 8725 section 2.1). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
/** What a token may call itself: one for another end must not pass for it (RFC 8725 section 3.11), such as one to log out with. */
const ID_TOKEN_KINDS = ['jwt', undefined]
const KINDS = [...ID_TOKEN_KINDS, 'at+jwt', 'application/at+jwt']

/** Verifies a token against the identity providers that are trusted, of which its issuer must be one. Never throws on what a stranger sends. */
export async function verifyIdentity<Provider extends TrustedProvider>(
  keys: Pick<ProviderKeys, 'of'>,
  presented: PresentedToken<Provider>,
): Promise<Identity<Provider> | IdentityRefusal> {
  const { token, type, providers, clockSkewSeconds, now } = presented
  const said = look(token)
  if (said === undefined) return refuse('token_malformed')
  const trusted = providers.filter(({ issuer }) => issuer === said.issuer)
  const [first] = trusted
  if (first === undefined) return refuse('issuer_untrusted')
  const found = await keys.of(first.issuer, said.keyId, now)
  if (found === undefined) return refuse('provider_unavailable')
  const rules = {
    issuer: first.issuer,
    audience: trusted.map(({ audience }) => audience),
    algorithms: ALGORITHMS,
    clockTolerance: clockSkewSeconds,
    currentDate: new Date(now * 1_000),
    requiredClaims: ['exp', 'iat'],
  }
  const verified = await verify(token, found, rules).catch(reasonOf)
  if (typeof verified === 'string') return refuse(verified)
  const { payload, protectedHeader } = verified
  const kinds = type === 'id_token' ? ID_TOKEN_KINDS : KINDS
  if (!kinds.includes(protectedHeader.typ?.toLowerCase())) return refuse('token_unfit')
  const claims = payload as Identity['claims']
  const provider = trusted.find(({ audience }) => [claims.aud].flat().includes(audience))
  return provider === undefined ? refuse('audience_mismatch') : judge(claims, provider, presented)
}

function refuse(reason: IdentityRefusalReason): IdentityRefusal {
  return { ok: false, reason }
}

// Nothing of it is verified: it only says whom to ask for keys, out of those that are trusted.
function look(token: string): { readonly issuer: unknown; readonly keyId: string | undefined } | undefined {
  try {
    const { kid } = decodeProtectedHeader(token)
    return { issuer: decodeJwt(token).iss, keyId: typeof kid === 'string' ? kid : undefined }
  } catch {
    return undefined
  }
}

async function verify(
  token: string,
  { resolve }: FoundKeys,
  rules: Parameters<typeof jwtVerify>[2],
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, resolve, rules)
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    let tried = 0
    for await (const key of error) {
      if (tried++ === MAX_KEYS_TRIED) break
      const verified = await jwtVerify(token, key, rules).catch((failure: unknown) => {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure
      })
      if (verified !== undefined) return verified
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

function judge<Provider extends TrustedProvider>(
  claims: Identity['claims'],
  provider: Provider,
  { maxAgeSeconds = Number.POSITIVE_INFINITY, now }: PresentedToken<Provider>,
): Identity<Provider> | IdentityRefusal {
  if (claims.iat < now - maxAgeSeconds) return refuse('token_too_old')
  if (claims.iat > now + MAX_ISSUED_AHEAD_SECONDS) return refuse('token_not_yet_valid')
  // Its holder would have to prove possession of a key (RFC 7800, RFC 9449), which is not requested here;
  // and one that tells of events is no user's (RFC 8417), such as one to log out with.
  if (claims['cnf'] !== undefined || claims['events'] !== undefined) return refuse('token_unfit')
  const userId = Object.hasOwn(claims, provider.userIdClaim) ? claims[provider.userIdClaim] : undefined
  // An address that nobody has verified is whatever its user has typed.
  if (provider.userIdClaim === 'email' && claims['email_verified'] !== true) return refuse('user_id_unusable')
  const reading = userIdSchema.safeParse(userId)
  if (!reading.success) return refuse('user_id_unusable')
  return { ok: true, provider, userId: reading.data, claims }
}

function reasonOf(error: unknown): IdentityRefusalReason {
  if (error instanceof errors.JWTExpired) return 'token_expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'audience_mismatch'
    if (error.claim === 'nbf' && error.reason === 'check_failed') return 'token_not_yet_valid'
    return 'token_unfit'
  }
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) return 'token_malformed'
  // A key that cannot be used is no key, whatever is wrong with it.
  return 'signature_invalid'
}
