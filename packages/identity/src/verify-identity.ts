import { userIdSchema } from '@stagedoor/protocol'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyResult, jwtVerify } from 'jose'
import type { FoundKeys } from './find-keys.ts'
import type { ProviderKeys } from './provider-keys.ts'

/** The type as which a token is presented (RFC 8693 section 3). */
export const TOKEN_TYPES = ['id_token', 'access_token', 'jwt'] as const
export type TokenType = (typeof TOKEN_TYPES)[number]

/** How far `iat` may be ahead of this machine's clock, in seconds. */
export const MAX_ISSUED_AHEAD_SECONDS = 300
/** The most keys of a provider that are tried if a token has no `kid`, or several keys match it. */
export const MAX_KEYS_TRIED = 16

/** A trusted provider, for one audience. */
export interface TrustedProvider {
  /** The provider, exactly as its tokens name it in `iss`. */
  readonly issuer: string
  /** The required audience of its tokens (`aud`). */
  readonly audience: string
  /** The claim that contains the user id. `email` is accepted only if the provider has verified it. */
  readonly userIdClaim: string
}

/** A verified user, whose provider has signed the token for this use. */
export interface Identity<Provider extends TrustedProvider = TrustedProvider> {
  readonly ok: true
  readonly provider: Provider
  readonly userId: string
  readonly claims: JWTPayload & { readonly iat: number; readonly exp: number }
}

/** Why a token is not accepted. */
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
  /** The clock tolerance for `exp` and `nbf`, in seconds. */
  readonly clockSkewSeconds: number
  /** The maximum age of a token, in seconds. Default: any. */
  readonly maxAgeSeconds?: number
  /** Seconds since 1970. */
  readonly now: number
}

/** Signatures that prove who signed. The client would know a shared secret too (RFC 8725 section 2.1). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
/** Accepted values of `typ`. Tokens for other purposes, such as logging out, must not be accepted (RFC 8725 section 3.11). */
const ID_TOKEN_KINDS = ['jwt', undefined]
const KINDS = [...ID_TOKEN_KINDS, 'at+jwt', 'application/at+jwt']

/** Verifies a token of one of the trusted identity providers. Never throws on untrusted input. */
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

// Not verified yet: it only selects the trusted provider whose keys are fetched.
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
  // A token bound to a key requires proof of possession (RFC 7800, RFC 9449), which is not requested here. A token of
  // events does not authenticate a user (RFC 8417), for example a logout token.
  if (claims['cnf'] !== undefined || claims['events'] !== undefined) return refuse('token_unfit')
  const userId = Object.hasOwn(claims, provider.userIdClaim) ? claims[provider.userIdClaim] : undefined
  // A user can enter any address, so it counts only if the provider has verified it.
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
  // A key that cannot be used counts as absent, whatever is wrong with it.
  return 'signature_invalid'
}
