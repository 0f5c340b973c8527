import type { ExpressionBuilder, Kysely } from 'kysely'
import type { ApiKey } from '../../api-key/api-key.ts'
import type { KeyStore } from '../../api-key/key-store.ts'
import type { Revocation } from '../../api-key/revocation.ts'
import type { SealedSigningKey } from '../../api-key/signing-key.ts'
import { storedPolicySchema } from '../../policy/policy.ts'
import { change, changeUncounted, readChangeCount } from '../changes.ts'
import { requireVersion } from '../master-key-version.ts'
import type { ApiKeyRow, RevocationRow, SigningKeyRow, Tables } from '../tables.ts'

/** The queries of API keys, signing keys and revocations, the same on every engine. */
export function keyQueries(db: Kysely<Tables>): KeyStore {
  return {
    async listApiKeys() {
      const rows = await db.selectFrom('api_key').selectAll().orderBy('created_at').orderBy('api_key').execute()
      return rows.map(readApiKey)
    },

    async findApiKey(apiKey) {
      const row = await db.selectFrom('api_key').selectAll().where('api_key', '=', apiKey).executeTakeFirst()
      return row && readApiKey(row)
    },

    async wasDeleted(apiKey) {
      const deletion = db.selectFrom('audit').select('audit_id').where('api_key', '=', apiKey)
      return (await deletion.where('action', '=', 'api_key.deleted').limit(1).executeTakeFirst()) !== undefined
    },

    async addApiKey(apiKey, secret) {
      await change(db, async (transaction) => {
        await requireVersion(transaction, secret.masterKeyVersion)
        await transaction.insertInto('api_key').values(writeApiKey(apiKey)).execute()
        await transaction.insertInto('signing_key').values(writeSigningKey(secret)).execute()
      })
    },

    async changeApiKey(apiKey, { name, state, policy }) {
      const { numUpdatedRows } = await change(db, (transaction) =>
        transaction
          .updateTable('api_key')
          .set({
            // Without fields there is nothing to change, but the result is still needed.
            api_key: apiKey,
            ...(name !== undefined && { name }),
            ...(state !== undefined && { state }),
            ...(policy !== undefined && { policy: JSON.stringify(policy) }),
          })
          .where('api_key', '=', apiKey)
          .executeTakeFirst(),
      )
      return numUpdatedRows === 1n
    },

    async deleteApiKey(apiKey) {
      return change(db, async (transaction) => {
        await transaction.deleteFrom('revocation').where('api_key', '=', apiKey).execute()
        await transaction.deleteFrom('signing_key').where('api_key', '=', apiKey).execute()
        await transaction.deleteFrom('registration_hour').where('api_key', '=', apiKey).execute()
        await transaction.deleteFrom('refusal_hour').where('api_key', '=', apiKey).execute()
        const { numDeletedRows } = await transaction
          .deleteFrom('api_key')
          .where('api_key', '=', apiKey)
          .executeTakeFirst()
        return numDeletedRows === 1n
      })
    },

    async listSigningKeys(apiKey) {
      const all = db.selectFrom('signing_key').selectAll().orderBy('created_at').orderBy('key_id')
      const rows = await (apiKey === undefined ? all : all.where('api_key', '=', apiKey)).execute()
      return rows.map(readSigningKey)
    },

    async addSigningKey(key) {
      await change(db, async (transaction) => {
        await requireVersion(transaction, key.masterKeyVersion)
        await transaction.insertInto('signing_key').values(writeSigningKey(key)).execute()
      })
    },

    async retireSigningKey(apiKey, keyId, retiresAt, now) {
      const { numUpdatedRows } = await change(db, (transaction) =>
        transaction
          .updateTable('signing_key')
          .set({ retires_at: retiresAt ?? null })
          .where('api_key', '=', apiKey)
          .where('key_id', '=', keyId)
          .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', Math.floor(now))]))
          .executeTakeFirst(),
      )
      return numUpdatedRows === 1n
    },

    async recordKeyUses(uses) {
      await changeUncounted(db, async (transaction) => {
        for (const { apiKey, keyId, at } of uses) {
          await transaction
            .updateTable('signing_key')
            .set({ last_used_at: Math.floor(at) })
            .where('api_key', '=', apiKey)
            .where('key_id', '=', keyId)
            .where((row) => row.or([row('last_used_at', 'is', null), row('last_used_at', '<', Math.floor(at))]))
            .execute()
        }
      })
    },

    async addRevocations(revocations) {
      await change(db, (transaction) =>
        transaction
          .insertInto('revocation')
          .values(revocations.map(writeRevocation))
          .onConflict((conflict) =>
            conflict.columns(['api_key', 'kind', 'subject']).doUpdateSet((row) => ({
              revoked_at: laterOf(row, 'revoked_at'),
              forget_at: laterOf(row, 'forget_at'),
              revoked_by_kind: row.ref('excluded.revoked_by_kind'),
              revoked_by_name: row.ref('excluded.revoked_by_name'),
            })),
          )
          .execute(),
      )
    },

    async listRevocations(now) {
      const rows = await db.selectFrom('revocation').selectAll().where('forget_at', '>', Math.floor(now)).execute()
      return rows.map(readRevocation)
    },

    async liftBan(apiKey, userId, now) {
      const { numDeletedRows } = await change(db, (transaction) =>
        transaction
          .deleteFrom('revocation')
          .where('api_key', '=', apiKey)
          .where('kind', '=', 'ban')
          .where('subject', '=', userId)
          .where('forget_at', '>', Math.floor(now))
          .executeTakeFirst(),
      )
      return numDeletedRows === 1n
    },

    // Not counted as a change: nobody reads them any more.
    async forgetRevocations(now) {
      await changeUncounted(db, (transaction) =>
        transaction.deleteFrom('revocation').where('forget_at', '<=', Math.floor(now)).execute(),
      )
    },

    changeCount: () => readChangeCount(db),
  }
}

type UpdatedRevocation = ExpressionBuilder<Tables & { excluded: RevocationRow }, 'revocation' | 'excluded'>

// Works on every engine: one calls the function max, the other greatest.
function laterOf(row: UpdatedRevocation, column: 'revoked_at' | 'forget_at') {
  return row
    .case()
    .when(`excluded.${column}`, '>', row.ref(`revocation.${column}`))
    .then(row.ref(`excluded.${column}`))
    .else(row.ref(`revocation.${column}`))
    .end()
}

function readApiKey(row: ApiKeyRow): ApiKey {
  return {
    apiKey: row.api_key,
    name: row.name,
    state: row.state,
    policy: storedPolicySchema.parse(JSON.parse(row.policy)),
    createdAt: row.created_at,
  }
}

function writeApiKey({ apiKey, name, state, policy, createdAt }: ApiKey): ApiKeyRow {
  return { api_key: apiKey, name, state, policy: JSON.stringify(policy), created_at: createdAt }
}

export function readSigningKey(row: SigningKeyRow): SealedSigningKey {
  return {
    apiKey: row.api_key,
    keyId: row.key_id,
    kind: row.kind,
    algorithm: row.algorithm === '' ? undefined : row.algorithm,
    sealed: row.sealed,
    masterKeyVersion: row.master_key_version,
    createdAt: row.created_at,
    retiresAt: row.retires_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}

function writeSigningKey(key: SealedSigningKey): SigningKeyRow {
  return {
    api_key: key.apiKey,
    key_id: key.keyId,
    kind: key.kind,
    algorithm: key.algorithm ?? '',
    sealed: key.sealed,
    master_key_version: key.masterKeyVersion,
    created_at: key.createdAt,
    retires_at: key.retiresAt ?? null,
    last_used_at: key.lastUsedAt ?? null,
  }
}

function readRevocation(row: RevocationRow): Revocation {
  return {
    apiKey: row.api_key,
    kind: row.kind,
    subject: row.subject,
    revokedAt: row.revoked_at,
    forgetAt: row.forget_at,
    revokedBy:
      row.revoked_by_kind === null ? undefined : { kind: row.revoked_by_kind, name: row.revoked_by_name ?? undefined },
  }
}

function writeRevocation({ apiKey, kind, subject, revokedAt, forgetAt, revokedBy }: Revocation): RevocationRow {
  return {
    api_key: apiKey,
    kind,
    subject,
    revoked_at: revokedAt,
    forget_at: forgetAt,
    revoked_by_kind: revokedBy?.kind ?? null,
    revoked_by_name: revokedBy?.name ?? null,
  }
}
