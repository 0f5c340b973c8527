import { ANY_USER_AGENT } from '@stagedoor/access-token'
import { checkToken } from '../../admission/check-policy.ts'
import type { OAuthContext } from './oauth-context.ts'

/** What a client learns about a token (RFC 7662 section 2.2). */
export type Introspection = { readonly active: false } | ({ readonly active: true } & Readonly<Record<string, unknown>>)

/**
 * Whether a token of an API key is valid now, by its signature, its claims, the policy and revocations. The token is not used up, and checks
 * that depend on the client do not apply: origins, single use, limits.
 */
export async function introspect(
  { keyring, clock }: Pick<OAuthContext, 'keyring' | 'clock'>,
  apiKey: string,
  token: string,
): Promise<Introspection> {
  await keyring.fetchKeysFor(apiKey, token)
  const now = clock.now()
  const known = keyring.find(apiKey)
  const verdict = known?.verify(token, { now })
  // An inactive token gets no details (RFC 7662 section 2.2).
  if (known === undefined || !verdict?.ok || checkToken(verdict, known, now) !== undefined) return { active: false }
  const { sub, aud, exp, iat, nbf, jti, grants } = verdict.claims
  const userId = grants.apiRTC_UserAgent_Id
  return {
    active: true,
    sub,
    aud,
    exp,
    iat,
    ...(nbf !== undefined && { nbf }),
    jti,
    client_id: apiKey,
    // A token for any user has none.
    ...(userId !== ANY_USER_AGENT && { username: userId }),
    token_type: 'Bearer',
    grants,
  }
}
