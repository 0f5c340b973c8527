import type { Account, KeptAccount } from './account.ts'

/** Where accounts are kept. Promises what a `KeyStore` does. */
export interface AccountStore {
  listAccounts(): Promise<readonly Account[]>
  countAccounts(): Promise<number>
  findAccount(accountId: string): Promise<KeptAccount | undefined>
  findAccountByEmail(email: string): Promise<KeptAccount | undefined>
  addAccount(account: KeptAccount): Promise<void>
  /** Changes what is named; grants are replaced as a whole. Answers whether there is such an account. */
  changeAccount(accountId: string, change: AccountChange): Promise<boolean>
  /** Deletes an account with its logins and tokens. Answers whether there was one. */
  deleteAccount(accountId: string): Promise<boolean>
}

export type AccountChange = {
  readonly name?: string
  readonly passwordHash?: string
  readonly grants?: Account['grants']
  /** `null` takes the role away. */
  readonly role?: Account['role'] | null
}
