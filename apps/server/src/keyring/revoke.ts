import {
  MAX_CLOCK_SKEW_SECONDS,
  MAX_ISSUED_AHEAD_SECONDS,
  MAX_NAME_LENGTH,
  MAX_TTL_SECONDS,
} from '@stagedoor/access-token'
import type { KeyStore } from './key-store.ts'
import { type KeyOffice, KeyOfficeError, requireApiKey } from './office.ts'
import type { Revocation, RevocationKind } from './revocation.ts'

// A token that is out of the door now ends by then, whatever clock minted it.
const LONGEST_VALIDITY_SECONDS = MAX_ISSUED_AHEAD_SECONDS + MAX_TTL_SECONDS + MAX_CLOCK_SKEW_SECONDS

/**
 * Revokes for an API key: from now on what it names opens no session, and the sessions that it opened are closed. It is
 * forgotten when the last token that it is about has ended by itself.
 */
export async function revoke(
  { store, now }: KeyOffice,
  apiKey: string,
  { kind, subject }: { readonly kind: RevocationKind; readonly subject: string },
): Promise<Revocation> {
  await requireApiKey(store, apiKey)
  if (kind !== 'everything' && (subject === '' || subject.length > MAX_NAME_LENGTH)) {
    throw new KeyOfficeError(`What is revoked has a name of 1 to ${MAX_NAME_LENGTH} characters`, { reason: 'unusable' })
  }
  if (kind === 'secret') await requireSigningKey(store, apiKey, subject)
  // Tokens count time in whole seconds, so one that is minted later in this very second is revoked too.
  const revokedAt = Math.floor(now())
  const revocation = { apiKey, kind, subject, revokedAt, forgetAt: revokedAt + LONGEST_VALIDITY_SECONDS }
  await store.addRevocations([revocation])
  // What has leaked must sign no more either.
  if (kind === 'secret') await store.retireSigningKey(apiKey, subject, revokedAt, now())
  return revocation
}

/** Revokes tokens of an API key that are known to be its own, all or none. */
export async function revokeTokens(
  { store, now }: { readonly store: Pick<KeyStore, 'addRevocations'>; readonly now: () => number },
  apiKey: string,
  tokenIds: readonly string[],
): Promise<void> {
  const revokedAt = Math.floor(now())
  const times = { revokedAt, forgetAt: revokedAt + LONGEST_VALIDITY_SECONDS }
  await store.addRevocations(tokenIds.map((subject) => ({ apiKey, kind: 'token', subject, ...times })))
}

async function requireSigningKey(store: KeyStore, apiKey: string, keyId: string): Promise<void> {
  if ((await store.listSigningKeys(apiKey)).some((key) => key.keyId === keyId)) return
  throw new KeyOfficeError(`${apiKey} has no key ${keyId}`, {
    reason: 'unknown',
    hint: `stagedoor secret list ${apiKey}`,
  })
}
