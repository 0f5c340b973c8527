import type { Kysely } from 'kysely'
import type { AnsweredRequest, AnsweredRequestStore } from '../../account/answered-request.ts'
import { changeUncounted } from '../changes.ts'
import type { AnsweredRequestRow, Tables } from '../tables.ts'

export function answeredRequestQueries(db: Kysely<Tables>): AnsweredRequestStore {
  return {
    async findAnswer(accountId, idempotencyKey) {
      const row = await db
        .selectFrom('answered_request')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('idempotency_key', '=', idempotencyKey)
        .executeTakeFirst()
      return row && readAnswer(row)
    },

    async keepAnswer(answer) {
      const row = writeAnswer(answer)
      await changeUncounted(db, async (transaction) => {
        await transaction
          .deleteFrom('answered_request')
          .where('account_id', '=', row.account_id)
          .where('idempotency_key', '=', row.idempotency_key)
          .execute()
        await transaction.insertInto('answered_request').values(row).execute()
      })
    },

    async forgetAnswers(before) {
      await changeUncounted(db, (transaction) =>
        transaction.deleteFrom('answered_request').where('created_at', '<', Math.floor(before)).execute(),
      )
    },
  }
}

function readAnswer(row: AnsweredRequestRow): AnsweredRequest {
  return {
    accountId: row.account_id,
    idempotencyKey: row.idempotency_key,
    fingerprint: row.fingerprint,
    sealed: row.sealed,
    masterKeyVersion: row.master_key_version,
    createdAt: row.created_at,
  }
}

function writeAnswer(answer: AnsweredRequest): AnsweredRequestRow {
  return {
    account_id: answer.accountId,
    idempotency_key: answer.idempotencyKey,
    fingerprint: answer.fingerprint,
    sealed: answer.sealed,
    master_key_version: answer.masterKeyVersion,
    created_at: answer.createdAt,
  }
}
