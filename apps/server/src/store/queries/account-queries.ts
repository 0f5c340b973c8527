import type { Kysely } from 'kysely'
import type { Account, KeptAccount } from '../../account/account.ts'
import type { AccountStore } from '../../account/account-store.ts'
import type { Login, LoginStore } from '../../account/login.ts'
import type { PersonalToken, PersonalTokenStore } from '../../account/personal-token.ts'
import { changeUncounted } from '../changes.ts'
import type { AccountRow, LoginRow, PersonalTokenRow, Tables } from '../tables.ts'

/** The queries of accounts, logins and personal access tokens. They are not cached in memory, so changes are not counted. */
export function accountQueries(db: Kysely<Tables>): AccountStore & LoginStore & PersonalTokenStore {
  return {
    async listAccounts() {
      const rows = await db.selectFrom('account').selectAll().orderBy('created_at').orderBy('account_id').execute()
      return rows.map(readAccount).map(({ passwordHash: _kept, ...account }): Account => account)
    },

    async countAccounts() {
      const { count } = await db
        .selectFrom('account')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async findAccount(accountId) {
      const row = await db.selectFrom('account').selectAll().where('account_id', '=', accountId).executeTakeFirst()
      return row && readAccount(row)
    },

    async findAccountByEmail(email) {
      const wanted = email.toLowerCase()
      const row = await db.selectFrom('account').selectAll().where('email', '=', wanted).executeTakeFirst()
      return row && readAccount(row)
    },

    async addAccount(account) {
      await changeUncounted(db, (transaction) =>
        transaction.insertInto('account').values(writeAccount(account)).execute(),
      )
    },

    async changeAccount(accountId, { name, passwordHash, grants, role }) {
      const { numUpdatedRows } = await changeUncounted(db, (transaction) =>
        transaction
          .updateTable('account')
          .set({
            account_id: accountId,
            ...(name !== undefined && { name }),
            ...(passwordHash !== undefined && { password_hash: passwordHash }),
            ...(grants !== undefined && { grants: JSON.stringify(grants) }),
            ...(role !== undefined && { role }),
          })
          .where('account_id', '=', accountId)
          .executeTakeFirst(),
      )
      return numUpdatedRows === 1n
    },

    deleteAccount: (accountId) =>
      changeUncounted(db, async (transaction) => {
        await transaction.deleteFrom('answered_request').where('account_id', '=', accountId).execute()
        await transaction.deleteFrom('login').where('account_id', '=', accountId).execute()
        await transaction.deleteFrom('personal_token').where('account_id', '=', accountId).execute()
        const { numDeletedRows } = await transaction
          .deleteFrom('account')
          .where('account_id', '=', accountId)
          .executeTakeFirst()
        return numDeletedRows === 1n
      }),

    async addLogin({ loginHash, accountId, createdAt, expiresAt }) {
      const row = { login_hash: loginHash, account_id: accountId, created_at: createdAt, expires_at: expiresAt }
      await changeUncounted(db, (transaction) => transaction.insertInto('login').values(row).execute())
    },

    async findLogin(loginHash) {
      const row = await db.selectFrom('login').selectAll().where('login_hash', '=', loginHash).executeTakeFirst()
      return row && readLogin(row)
    },

    async deleteLogin(loginHash) {
      await changeUncounted(db, (transaction) =>
        transaction.deleteFrom('login').where('login_hash', '=', loginHash).execute(),
      )
    },

    async deleteLogins(accountId, except = '') {
      await changeUncounted(db, (transaction) =>
        transaction.deleteFrom('login').where('account_id', '=', accountId).where('login_hash', '!=', except).execute(),
      )
    },

    async forgetLogins(now) {
      await changeUncounted(db, (transaction) =>
        transaction.deleteFrom('login').where('expires_at', '<=', Math.floor(now)).execute(),
      )
    },

    async listPersonalTokens(accountId) {
      const rows = await db
        .selectFrom('personal_token')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('created_at')
        .orderBy('token_id')
        .execute()
      return rows.map(readPersonalToken)
    },

    async findPersonalToken(tokenHash) {
      const row = await db
        .selectFrom('personal_token')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return row && readPersonalToken(row)
    },

    async addPersonalToken(token) {
      await changeUncounted(db, (transaction) =>
        transaction.insertInto('personal_token').values(writePersonalToken(token)).execute(),
      )
    },

    async deletePersonalToken(accountId, tokenId) {
      const { numDeletedRows } = await changeUncounted(db, (transaction) =>
        transaction
          .deleteFrom('personal_token')
          .where('account_id', '=', accountId)
          .where('token_id', '=', tokenId)
          .executeTakeFirst(),
      )
      return numDeletedRows === 1n
    },

    async deletePersonalTokens(accountId) {
      await changeUncounted(db, (transaction) =>
        transaction.deleteFrom('personal_token').where('account_id', '=', accountId).execute(),
      )
    },

    async recordPersonalTokenUse(tokenId, at) {
      await changeUncounted(db, (transaction) =>
        transaction
          .updateTable('personal_token')
          .set({ last_used_at: Math.floor(at) })
          .where('token_id', '=', tokenId)
          .execute(),
      )
    },
  }
}

function readAccount(row: AccountRow): KeptAccount {
  return {
    accountId: row.account_id,
    email: row.email,
    name: row.name,
    role: row.role ?? undefined,
    grants: JSON.parse(row.grants),
    createdAt: row.created_at,
    passwordHash: row.password_hash,
  }
}

function writeAccount({ accountId, email, name, role, grants, createdAt, passwordHash }: KeptAccount): AccountRow {
  return {
    account_id: accountId,
    email,
    name,
    password_hash: passwordHash,
    role: role ?? null,
    grants: JSON.stringify(grants),
    created_at: createdAt,
  }
}

function readLogin(row: LoginRow): Login {
  return {
    loginHash: row.login_hash,
    accountId: row.account_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

function readPersonalToken(row: PersonalTokenRow): PersonalToken {
  return {
    tokenId: row.token_id,
    accountId: row.account_id,
    name: row.name,
    tokenHash: row.token_hash,
    rights: JSON.parse(row.rights),
    apiKey: row.api_key ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}

function writePersonalToken(token: PersonalToken): PersonalTokenRow {
  return {
    token_id: token.tokenId,
    account_id: token.accountId,
    name: token.name,
    token_hash: token.tokenHash,
    rights: JSON.stringify(token.rights),
    api_key: token.apiKey ?? null,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    last_used_at: token.lastUsedAt ?? null,
  }
}
