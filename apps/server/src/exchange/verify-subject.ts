import { MAX_ISSUED_AHEAD_SECONDS, MAX_TTL_SECONDS } from '@stagedoor/access-token'
import { userIdSchema } from '@stagedoor/protocol'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import type { IdentityProvider } from '../keyring/identity-provider.ts'
import type { ProviderKeys } from './provider-keys.ts'
import { type JudgedRefusal, type Refused, refuse } from './refusal.ts'

/** What a token is presented as (RFC 8693 section 3). */
export const SUBJECT_TOKEN_TYPES = ['id_token', 'access_token', 'jwt'] as const
export type SubjectTokenType = (typeof SUBJECT_TOKEN_TYPES)[number]

/** The subject of a token, which its provider has signed for just this use. */
export interface Subject {
  readonly ok: true
  readonly provider: IdentityProvider
  readonly userId: string
  readonly claims: JWTPayload & { readonly iat: number; readonly exp: number }
}

interface Presented {
  readonly token: string
  readonly type: SubjectTokenType
  readonly providers: readonly IdentityProvider[]
  readonly clockSkewSeconds: number
  /** Seconds since 1970. */
  readonly now: number
}

/** Signatures that prove who signed: a secret would be known to the client too (RFC 8725 section 2.1). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
/** What a token may call itself: one for another end must not pass for it (RFC 8725 section 3.11), such as one to log out with. */
const ID_TOKEN_KINDS = ['jwt', undefined]
const KINDS = [...ID_TOKEN_KINDS, 'at+jwt', 'application/at+jwt']
// A name cannot be told from another where UTF-8 has replaced the half of a pair in both.
const LONE_SURROGATE = /\p{Surrogate}/u

/** Verifies a token against the identity providers that are trusted, of which its issuer must be one. */
export async function verifySubject(keys: Pick<ProviderKeys, 'of'>, presented: Presented): Promise<Subject | Refused> {
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
  const verified = await jwtVerify(token, found.resolve, rules).catch(reasonOf)
  if (typeof verified === 'string') return refuse(verified)
  const { payload, protectedHeader } = verified
  const kinds = type === 'id_token' ? ID_TOKEN_KINDS : KINDS
  if (!kinds.includes(protectedHeader.typ?.toLowerCase())) return refuse('token_unfit')
  const claims = payload as Subject['claims']
  const provider = trusted.find(({ audience }) => [claims.aud].flat().includes(audience))
  return provider === undefined ? refuse('audience_mismatch') : judge(claims, provider, now)
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

function judge(claims: Subject['claims'], provider: IdentityProvider, now: number): Subject | Refused {
  // Revocations are remembered for as long as a token of ours may live, so an older one might outlast its own.
  if (claims.iat < now - MAX_TTL_SECONDS) return refuse('token_too_old')
  if (claims.iat > now + MAX_ISSUED_AHEAD_SECONDS) return refuse('token_not_yet_valid')
  // Whoever presents it would have to prove that a key is theirs (RFC 7800, RFC 9449), which an exchange would take away;
  // and one that tells of events is no user's (RFC 8417).
  if (claims['cnf'] !== undefined || claims['events'] !== undefined) return refuse('token_unfit')
  const userId = claims[provider.userIdClaim]
  // An address that nobody has verified is whatever its user has typed.
  if (provider.userIdClaim === 'email' && claims['email_verified'] !== true) return refuse('user_id_unusable')
  const reading = userIdSchema.safeParse(userId)
  if (!reading.success || LONE_SURROGATE.test(reading.data)) return refuse('user_id_unusable')
  return { ok: true, provider, userId: reading.data, claims }
}

function reasonOf(error: unknown): JudgedRefusal {
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
