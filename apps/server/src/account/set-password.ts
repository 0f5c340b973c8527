import type { AccountStore } from './account-store.ts'
import type { LoginStore } from './login.ts'
import type { PersonalTokenStore } from './personal-token.ts'

type PasswordStore = Pick<AccountStore, 'changeAccount'> &
  Pick<LoginStore, 'deleteLogins'> &
  Pick<PersonalTokenStore, 'deletePersonalTokens'>

interface NewPassword {
  readonly passwordHash: string
  /** Whether the account's personal access tokens end. Anyone who knew the old password may have created some. */
  readonly endTokens: boolean
  /** The digest of the one login that stays. Default: none. */
  readonly keptLogin?: string | undefined
}

/** Changes an account's password and ends its logins, within the caller's transaction. */
export async function setPassword(
  store: PasswordStore,
  accountId: string,
  { passwordHash, endTokens, keptLogin }: NewPassword,
): Promise<void> {
  await store.changeAccount(accountId, { passwordHash })
  await store.deleteLogins(accountId, keptLogin)
  if (endTokens) await store.deletePersonalTokens(accountId)
}
