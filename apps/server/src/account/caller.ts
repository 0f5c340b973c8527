import type { Account } from './account.ts'
import type { PersonalToken } from './personal-token.ts'
import { ALL_RIGHTS, has, type Right, ROLES, type Role } from './role.ts'

/** The caller of the API: a logged-in browser, or a personal access token. */
export interface Caller {
  readonly account: Account
  readonly token: PersonalToken | undefined
  /** The digest of the login, if it is one, to end it on logout. */
  readonly loginHash: string | undefined
}

/** The role of an account for an API key. */
export function roleFor({ role, grants }: Account, apiKey: string): Role | undefined {
  const granted = grants.find((grant) => grant.apiKey === apiKey)?.role
  return [role, granted].sort((one, other) => rankOf(other) - rankOf(one))[0]
}

function rankOf(role: Role | undefined): number {
  return role === undefined ? -1 : ROLES.indexOf(role)
}

/**
 * Whether a caller has a permission.
 *
 * @param apiKey the API key; without it, the platform as a whole.
 */
export function may({ account, token }: Caller, right: Right, apiKey?: string): boolean {
  if (token !== undefined && !token.rights.includes(right)) return false
  if (token?.apiKey !== undefined && token.apiKey !== apiKey) return false
  return has(apiKey === undefined ? account.role : roleFor(account, apiKey), right)
}

/** Whether a caller has all permissions of this role and these grants. Nobody can create, change or delete an account with more. */
export function covers(caller: Caller, { role, grants }: Pick<Account, 'role' | 'grants'>): boolean {
  const mayAll = (of: Role | undefined, apiKey?: string) =>
    ALL_RIGHTS.every((right) => !has(of, right) || may(caller, right, apiKey))
  return mayAll(role) && grants.every((grant) => mayAll(grant.role, grant.apiKey))
}

/** All permissions of a caller: for an API key or, without one, for the platform. */
export function rightsOf(caller: Caller, apiKey?: string): readonly Right[] {
  return ALL_RIGHTS.filter((right) => may(caller, right, apiKey))
}
