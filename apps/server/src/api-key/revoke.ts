import {
  MAX_CLOCK_SKEW_SECONDS,
  MAX_ISSUED_AHEAD_SECONDS,
  MAX_NAME_LENGTH,
  MAX_TTL_SECONDS,
} from '@stagedoor/access-token'
import { MAX_BAN_SECONDS } from '@stagedoor/protocol'
import { commandLine } from '../command-line.ts'
import { type ChangeContext, DomainError, requireApiKey } from './change-context.ts'
import type { KeyStore } from './key-store.ts'
import type { Revocation, RevocationKind, Revoker } from './revocation.ts'

// Every token that exists now has expired by then, whatever clock minted it.
const LONGEST_VALIDITY_SECONDS = MAX_ISSUED_AHEAD_SECONDS + MAX_TTL_SECONDS + MAX_CLOCK_SKEW_SECONDS

/** What to revoke; a ban has a duration. */
export type ToRevoke =
  | { readonly kind: Exclude<RevocationKind, 'ban'>; readonly subject: string }
  | { readonly kind: 'ban'; readonly subject: string; readonly forSeconds: number }

/**
 * Revokes tokens or bans a user of an API key: they open no session from now on, and the sessions that they opened are closed. A
 * revocation is deleted once all tokens that it applies to have expired; a ban, when it ends.
 */
export async function revoke(
  { store, now }: ChangeContext,
  apiKey: string,
  what: ToRevoke,
  revokedBy?: Revoker,
): Promise<Revocation> {
  const { kind, subject } = what
  await requireApiKey(store, apiKey)
  if (kind !== 'everything' && (subject === '' || subject.length > MAX_NAME_LENGTH)) {
    throw new DomainError(`The subject of a revocation must have 1 to ${MAX_NAME_LENGTH} characters`, {
      reason: 'unusable',
    })
  }
  if (kind === 'signing_key') await requireSigningKey(store, apiKey, subject)
  const revocation = { ...revocationOf(apiKey, what, now()), revokedBy }
  const { revokedAt } = revocation
  await store.addRevocations([revocation])
  // A leaked key must not be used to sign either.
  if (kind === 'signing_key') await store.retireSigningKey(apiKey, subject, revokedAt, now())
  return revocation
}

/** The revocation to store. */
export function revocationOf(apiKey: string, what: ToRevoke, now: number): Revocation {
  // Token times are in whole seconds, so a token minted later in this second is revoked too.
  const revokedAt = Math.floor(now)
  const seconds = what.kind === 'ban' ? requireBan(what.forSeconds) : LONGEST_VALIDITY_SECONDS
  // A ban lasts at least as long as requested: the current second is not counted.
  const forgetAt = what.kind === 'ban' ? Math.ceil(now) + seconds : revokedAt + seconds
  return { apiKey, kind: what.kind, subject: what.subject, revokedAt, forgetAt }
}

/**
 * Ends the ban of a user early.
 *
 * @throws {DomainError} if there is none.
 */
export async function liftBan({ store, now }: ChangeContext, apiKey: string, userId: string): Promise<void> {
  await requireApiKey(store, apiKey)
  if (await store.liftBan(apiKey, userId, now())) return
  throw new DomainError(`${userId} is not banned under ${apiKey}`, {
    reason: 'unknown',
    hint: commandLine(`ban list ${apiKey}`),
  })
}

function requireBan(seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_BAN_SECONDS) return seconds
  throw new DomainError(`A ban can last 1 to ${MAX_BAN_SECONDS} seconds (366 days)`, { reason: 'unusable' })
}

async function requireSigningKey(store: KeyStore, apiKey: string, keyId: string): Promise<void> {
  if ((await store.listSigningKeys(apiKey)).some((key) => key.keyId === keyId)) return
  throw new DomainError(`${apiKey} has no signing key ${keyId}`, {
    reason: 'unknown',
    hint: commandLine(`signing-key list ${apiKey}`),
  })
}
