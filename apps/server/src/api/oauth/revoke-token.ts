import { inspectToken, type TokenVerification } from '@stagedoor/access-token'
import { revocationOf } from '../../api-key/revoke.ts'
import type { OAuthContext } from './oauth-context.ts'

/**
 * Revokes a token of an API key (RFC 7009 section 2.1): it opens no session any more, and the sessions that it has opened end.
 * One that has expired is revoked too, since a session may have outlived it. Of one that is not its own, or is revoked
 * already, nothing becomes.
 */
export async function revokeToken(
  { keyring, clock, store }: Pick<OAuthContext, 'keyring' | 'clock' | 'store'>,
  apiKey: string,
  token: string,
  address: string,
): Promise<void> {
  await keyring.fetchKeysFor(apiKey, token)
  const known = keyring.find(apiKey)
  const tokenId = known && tokenIdOf(known.verify(token, { now: clock.now() }), token)
  if (known === undefined || tokenId === undefined || known.revocations.hasToken(tokenId)) return
  await store.transaction(async (records) => {
    await records.addRevocations([revocationOf(apiKey, { kind: 'token', subject: tokenId }, clock.now())])
    await records.appendAudit({
      at: clock.now(),
      actor: { kind: 'client', id: apiKey, name: undefined },
      address,
      action: 'revocation.made',
      apiKey,
      subject: tokenId,
      before: undefined,
      after: { kind: 'token' },
    })
  })
}

/** The `jti` of a token that the API key has signed, whatever the time is; of no other. */
function tokenIdOf(verdict: TokenVerification, token: string): string | undefined {
  if (verdict.ok) return verdict.claims.jti
  // Only the claims are at fault here, and they can be read, so what the token says is what was signed.
  if (!verdict.authentic || verdict.check === 'claims' || verdict.check === 'api_key') return undefined
  const inspection = inspectToken(token)
  return inspection.ok ? (inspection.payload.jti as string) : undefined
}
