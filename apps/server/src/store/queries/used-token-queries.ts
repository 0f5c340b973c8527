import type { Kysely } from 'kysely'
import type { UsedToken, UsedTokenStore } from '../../keyring/used-token-store.ts'
import type { Tables, UsedTokenRow } from '../tables.ts'

/** The queries of the marks of single-use tokens, the same on every engine. */
export function usedTokenQueries(db: Kysely<Tables>): UsedTokenStore {
  return {
    async addUsedTokens(marks) {
      const names = [...new Set(marks.map(({ apiKey }) => apiKey))]
      if (names.length === 0) return []
      return db.transaction().execute(async (transaction) => {
        const rows = await transaction.selectFrom('api_key').select('api_key').where('api_key', 'in', names).execute()
        const known = new Set(rows.map(({ api_key }) => api_key))
        const kept = marks.filter(({ apiKey }) => known.has(apiKey))
        if (kept.length === 0) return []
        const added = await transaction
          .insertInto('used_token')
          .values(
            kept.map(({ apiKey, tokenId, forgetAt }) => ({
              api_key: apiKey,
              token_id: encodeURIComponent(tokenId),
              forget_at: Math.ceil(forgetAt),
            })),
          )
          .onConflict((conflict) => conflict.columns(['api_key', 'token_id']).doNothing())
          .returningAll()
          .execute()
        return added.map(readUsedToken)
      })
    },

    async listUsedTokens(now) {
      const rows = await db.selectFrom('used_token').selectAll().where('forget_at', '>', Math.floor(now)).execute()
      return rows.map(readUsedToken)
    },

    async forgetUsedTokens(now) {
      await db
        .transaction()
        .execute((transaction) =>
          transaction.deleteFrom('used_token').where('forget_at', '<=', Math.floor(now)).execute(),
        )
    },
  }
}

function readUsedToken(row: UsedTokenRow): UsedToken {
  return { apiKey: row.api_key, tokenId: decodeURIComponent(row.token_id), forgetAt: row.forget_at }
}
