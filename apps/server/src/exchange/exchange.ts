import { createHash } from 'node:crypto'
import { type ConversationGrant, MAX_TTL_SECONDS } from '@stagedoor/access-token'
import { type Identity, type ProviderKeys, type TokenType, verifyIdentity } from '@stagedoor/identity'
import { mint, USUAL_TTL_SECONDS } from '../api-key/mint.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import { MAX_MINTED_GRANTS } from '../policy/conversation-grant.ts'
import type { IdentityProvider } from '../policy/identity-provider.ts'
import { grantByClaims, narrow, readScope } from './grant-conversations.ts'
import { type Refused, refuse } from './refusal.ts'

export interface ExchangeContext {
  readonly keyring: Pick<Keyring, 'secretToSign'>
  readonly providerKeys: Pick<ProviderKeys, 'of'>
  readonly clock: { now(): number }
}

export interface ExchangeWish {
  readonly subjectToken: string
  readonly subjectTokenType: TokenType
  /** The conversations to narrow it to; without it, all that the user is granted. */
  readonly scope: string | undefined
}

export interface Exchanged {
  readonly ok: true
  readonly token: string
  readonly ttlSeconds: number
  /** The only conversations that the user can join; without it, the policy decides. */
  readonly conversations: readonly ConversationGrant[] | undefined
}

/** Exchanges the token of a user's identity provider for an access token of an API key that trusts it (RFC 8693). */
export async function exchange(
  { keyring, providerKeys, clock }: ExchangeContext,
  { apiKey, policy, revocations }: Pick<KnownApiKey, 'apiKey' | 'policy' | 'revocations'>,
  { subjectToken, subjectTokenType, scope }: ExchangeWish,
): Promise<Exchanged | Refused> {
  const subject = await verifyIdentity(providerKeys, {
    token: subjectToken,
    type: subjectTokenType,
    providers: policy.identityProviders ?? [],
    clockSkewSeconds: policy.clockSkewSeconds,
    // Revocations are kept as long as one of our tokens can be valid, so an older token might outlive its revocation.
    maxAgeSeconds: MAX_TTL_SECONDS,
    now: clock.now(),
  })
  if (!subject.ok) return refuse(subject.reason)
  const { provider, userId, claims } = subject
  if (revocations.isBanned(userId, clock.now())) return refuse('user_banned')
  const subjectTokenHash = hashOf(subjectToken)
  // A user whose tokens were revoked needs a newer provider token: the old one counts as one of the revoked tokens.
  const revocable = { tokenIds: [], subjectTokens: [subjectTokenHash], userId, keyIds: [], issuedAt: claims.iat }
  if (revocations.includes(revocable)) return refuse('token_revoked')

  const granted = grantByClaims(provider, claims)
  if (granted?.length === 0) return refuse('nothing_granted')
  const names = scope === undefined ? [] : readScope(scope)
  if (names === undefined) return refuse('scope_malformed')
  const conversations = names.length === 0 ? granted : narrow(granted, names, policy.permissions)
  if (conversations === undefined && granted !== undefined) return refuse('scope_too_broad')
  if ((conversations?.length ?? 0) > MAX_MINTED_GRANTS) return refuse('scope_too_much')

  const ttlSeconds = lifeOf(subject, policy.maxTtlSeconds, clock.now())
  if (ttlSeconds < 1) return refuse('token_expired')
  const secret = keyring.secretToSign(apiKey)
  if (secret === undefined) return refuse('target_unknown')
  try {
    return {
      ok: true,
      token: mint(policy, secret, { id: userId, ttlSeconds, conversations, subjectTokenHash }),
      ttlSeconds,
      conversations,
    }
  } catch (error) {
    // The number of conversations is within the limit, but their names together are too long.
    if (error instanceof RangeError) return refuse('scope_too_much')
    throw error
  }
}

/**
 * Identifies a token by the signed part. Not by the signature: for an elliptic-curve signature, anyone can compute a second valid one, and the
 * same token would have two identifiers.
 */
export function hashOf(token: string): string {
  return createHash('sha256')
    .update(token.slice(0, token.lastIndexOf('.')))
    .digest('base64url')
}

// Rounded so that a token minted a moment later does not outlive the other one either.
function lifeOf({ provider, claims }: Identity<IdentityProvider>, maxTtlSeconds: number, now: number): number {
  const most = Math.min(USUAL_TTL_SECONDS, maxTtlSeconds)
  return provider.outlivesSubject ? most : Math.min(most, Math.floor(claims.exp - now))
}
