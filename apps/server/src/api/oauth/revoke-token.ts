import { inspectToken, type TokenVerification } from '@stagedoor/access-token'
import { revokerOf } from '../../api-key/revocation.ts'
import { revocationOf } from '../../api-key/revoke.ts'
import type { OAuthContext } from './oauth-context.ts'

/**
 * Revokes a token of an API key (RFC 7009 section 2.1): it opens no more sessions, and the sessions that it opened end. Expired tokens can be
 * revoked too, because a session may have outlived its token. For a foreign or already revoked token, nothing happens.
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
    const actor = { kind: 'client', id: apiKey, name: undefined } as const
    const revocation = revocationOf(apiKey, { kind: 'token', subject: tokenId }, clock.now())
    await records.addRevocations([{ ...revocation, revokedBy: revokerOf(actor) }])
    await records.appendAudit({
      at: clock.now(),
      actor,
      address,
      action: 'revocation.made',
      apiKey,
      subject: tokenId,
      before: undefined,
      after: { kind: 'token' },
    })
  })
}

/** The `jti` of a token that the API key signed, even if it is expired; undefined for any other. */
function tokenIdOf(verdict: TokenVerification, token: string): string | undefined {
  if (verdict.ok) return verdict.claims.jti
  // Only the claims are at fault, and they can be read, so the content is authentic.
  if (!verdict.authentic || verdict.check === 'claims' || verdict.check === 'api_key') return undefined
  const inspection = inspectToken(token)
  return inspection.ok ? (inspection.payload.jti as string) : undefined
}
