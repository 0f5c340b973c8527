import type { Account, KeptAccount } from './account.ts'

/** Stores accounts, with the guarantees of a `KeyStore`. */
export interface AccountStore {
  listAccounts(): Promise<readonly Account[]>
  countAccounts(): Promise<number>
  findAccount(accountId: string): Promise<KeptAccount | undefined>
  findAccountByEmail(email: string): Promise<KeptAccount | undefined>
  addAccount(account: KeptAccount): Promise<void>
  /** Changes the given fields; grants are replaced as a whole. Returns whether the account exists. */
  changeAccount(accountId: string, change: AccountChange): Promise<boolean>
  /** Deletes an account with its logins and tokens. Returns whether it existed. */
  deleteAccount(accountId: string): Promise<boolean>
}

export type AccountChange = {
  readonly name?: string
  readonly passwordHash?: string
  readonly grants?: Account['grants']
  /** `null` removes the role. */
  readonly role?: Account['role'] | null
}
