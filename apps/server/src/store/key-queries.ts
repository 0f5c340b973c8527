import type { Kysely } from 'kysely'
import type { ApiKey, SealedSecret } from '../keyring/api-key.ts'
import type { KeyStore } from '../keyring/key-store.ts'
import type { ApiKeyRow, SecretRow, Tables } from './tables.ts'

/** The queries of API keys and secrets, the same on every engine. */
export function keyQueries(db: Kysely<Tables>): Omit<KeyStore, 'changeCount'> {
  return {
    async listApiKeys() {
      const rows = await db.selectFrom('api_key').selectAll().orderBy('created_at').orderBy('api_key').execute()
      return rows.map(readApiKey)
    },

    async findApiKey(apiKey) {
      const row = await db.selectFrom('api_key').selectAll().where('api_key', '=', apiKey).executeTakeFirst()
      return row && readApiKey(row)
    },

    async addApiKey(apiKey, secret) {
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto('api_key').values(writeApiKey(apiKey)).execute()
        await transaction.insertInto('secret').values(writeSecret(secret)).execute()
      })
    },

    async setPolicy(apiKey, { allowAnyUser }) {
      const { numUpdatedRows } = await db
        .updateTable('api_key')
        .set({ allow_any_user: allowAnyUser ? 1 : 0 })
        .where('api_key', '=', apiKey)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    async listSecrets(apiKey) {
      const all = db.selectFrom('secret').selectAll().orderBy('created_at').orderBy('key_id')
      const rows = await (apiKey === undefined ? all : all.where('api_key', '=', apiKey)).execute()
      return rows.map(readSecret)
    },

    async addSecret(secret) {
      await db.insertInto('secret').values(writeSecret(secret)).execute()
    },

    async retireSecret(apiKey, keyId, retiredAt) {
      const { numUpdatedRows } = await db
        .updateTable('secret')
        .set({ state: 'retired', retired_at: retiredAt })
        .where('api_key', '=', apiKey)
        .where('key_id', '=', keyId)
        .where('state', '=', 'active')
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
  }
}

function readApiKey(row: ApiKeyRow): ApiKey {
  return {
    apiKey: row.api_key,
    name: row.name,
    policy: { allowAnyUser: row.allow_any_user === 1 },
    createdAt: Number(row.created_at),
  }
}

function writeApiKey({ apiKey, name, policy, createdAt }: ApiKey): ApiKeyRow {
  return { api_key: apiKey, name, allow_any_user: policy.allowAnyUser ? 1 : 0, created_at: createdAt }
}

function readSecret(row: SecretRow): SealedSecret {
  return {
    apiKey: row.api_key,
    keyId: row.key_id,
    algorithm: row.algorithm,
    sealed: row.sealed,
    state: row.state,
    createdAt: Number(row.created_at),
    retiredAt: row.retired_at === null ? undefined : Number(row.retired_at),
  }
}

function writeSecret(secret: SealedSecret): SecretRow {
  return {
    api_key: secret.apiKey,
    key_id: secret.keyId,
    algorithm: secret.algorithm,
    sealed: secret.sealed,
    state: secret.state,
    created_at: secret.createdAt,
    retired_at: secret.retiredAt ?? null,
  }
}
