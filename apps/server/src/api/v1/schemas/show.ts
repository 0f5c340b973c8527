import type { z } from 'zod'
import type { Account } from '../../../account/account.ts'
import { type Caller, may, rightsOf } from '../../../account/caller.ts'
import type { PersonalToken } from '../../../account/personal-token.ts'
import type { ApiKey } from '../../../api-key/api-key.ts'
import { adviseOnKey, type KeyUse } from '../../../api-key/key-advice.ts'
import type { Revocation } from '../../../api-key/revocation.ts'
import { type SigningKey, stateOf } from '../../../api-key/signing-key.ts'
import type { KeptAuditEntry } from '../../../events/audit.ts'
import { describePolicy } from '../../../policy/describe-policy.ts'
import type {
  accountSchema,
  apiKeySchema,
  auditEntrySchema,
  meSchema,
  personalTokenSchema,
  revocationSchema,
  signingKeySchema,
} from './shapes.ts'

/** What is shown of what is kept: named one by one, so that nothing secret is shown by being added. */

export function showApiKey({ apiKey, name, state, policy, createdAt }: ApiKey): z.infer<typeof apiKeySchema> {
  return { apiKey, name, state, policy, policyInWords: describePolicy(policy), createdAt }
}

export function showAccount({
  accountId,
  email,
  name,
  role,
  grants,
  createdAt,
}: Account): z.infer<typeof accountSchema> {
  return { accountId, email, name, role: role ?? null, grants, createdAt }
}

/** Who revoked is part of the audit log: it is shown to those who may read that. */
export function showRevocation(
  { apiKey, kind, subject, revokedAt, forgetAt, revokedBy }: Revocation,
  caller: Caller,
): z.infer<typeof revocationSchema> {
  const isShown = revokedBy !== undefined && may(caller, 'audit:read', apiKey)
  return {
    kind,
    subject,
    revokedAt,
    forgetAt,
    revokedBy: isShown ? { kind: revokedBy.kind, name: revokedBy.name ?? null } : null,
  }
}

export function showCaller(caller: Caller): z.infer<typeof meSchema> {
  const account = showAccount(caller.account)
  const grants = account.grants.map((grant) => ({ ...grant, rights: rightsOf(caller, grant.apiKey) }))
  return { ...account, rights: rightsOf(caller), grants }
}

export function showPersonalToken(token: PersonalToken): z.infer<typeof personalTokenSchema> {
  const { tokenId, name, rights, apiKey, createdAt, expiresAt, lastUsedAt } = token
  return { tokenId, name, rights, apiKey: apiKey ?? null, createdAt, expiresAt, lastUsedAt: lastUsedAt ?? null }
}

/** @param all the signing keys of the same API key, with their use. */
export function showSigningKey(
  key: SigningKey & KeyUse,
  now: number,
  all: readonly (SigningKey & KeyUse)[],
): z.infer<typeof signingKeySchema> {
  const known = all.map((one) => ({ ...one, state: stateOf(one, now) }))
  const others = known.filter(({ keyId }) => keyId !== key.keyId)
  return {
    keyId: key.keyId,
    kind: key.kind,
    algorithm: key.algorithm ?? null,
    state: stateOf(key, now),
    createdAt: key.createdAt,
    retiresAt: key.retiresAt ?? null,
    lastUsedAt: key.lastUsedAt ?? null,
    sessions: key.sessions ?? 0,
    advice: adviseOnKey({ ...key, state: stateOf(key, now) }, others, now) ?? null,
  }
}

export function showAuditEntry(entry: KeptAuditEntry): z.infer<typeof auditEntrySchema> {
  const { auditId, at, actor, address, action, apiKey, subject, before = null, after = null } = entry
  return {
    auditId,
    at,
    actor: { kind: actor.kind, id: actor.id ?? null, name: actor.name ?? null },
    address: address ?? null,
    action,
    apiKey: apiKey ?? null,
    subject: subject ?? null,
    before,
    after,
  }
}
