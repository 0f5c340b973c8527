import { randomBytes } from 'node:crypto'
import type { Account } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { hashPassword } from './password.ts'

/** The most accounts of one platform. */
export const MAX_ACCOUNTS = 1_000

/** A change of accounts was refused; the message says what to do. */
export class AccountError extends Error {
  override readonly name = 'AccountError'
}

export interface NewAccount extends Pick<Account, 'name' | 'role' | 'grants'> {
  readonly email: string
  readonly password: string
}

/** Prepares an account. Hashing its password takes a while, so it runs before any transaction. */
export async function prepareAccount({ password, email, ...account }: NewAccount, now: number) {
  return {
    ...account,
    accountId: `acc_${randomBytes(8).toString('hex')}`,
    email: email.toLowerCase(),
    createdAt: Math.floor(now),
    passwordHash: await hashPassword(password),
  }
}

/** @throws {AccountError} if the address is taken, or there are too many accounts. */
export async function requireRoom(store: Pick<AccountStore, 'findAccountByEmail' | 'countAccounts'>, email: string) {
  if ((await store.findAccountByEmail(email)) !== undefined) {
    throw new AccountError('There is already an account with this email address')
  }
  if ((await store.countAccounts()) >= MAX_ACCOUNTS)
    throw new AccountError(`There are already ${MAX_ACCOUNTS} accounts, which is the maximum`)
}

/** @throws {AccountError} if no owner of the platform would be left. */
export async function requireAnotherOwner(store: Pick<AccountStore, 'listAccounts'>, accountId: string): Promise<void> {
  const owners = (await store.listAccounts()).filter(({ role }) => role === 'owner')
  if (owners.some((owner) => owner.accountId !== accountId)) return
  throw new AccountError('This is the only owner of the platform. Make another account an owner first')
}
