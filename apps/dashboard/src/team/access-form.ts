import type { Account, Role } from '../platform/account.ts'

export interface GrantForm {
  /** Identifies the row in the page; it is not sent. */
  readonly id: number
  readonly apiKey: string | undefined
  readonly role: Role
}

/** The values of the form. Roles for API keys are kept while the role is owner, so that changing it back loses none. */
export interface AccessForm {
  readonly name: string
  readonly role: Role | 'some'
  readonly grants: readonly GrantForm[]
}

export const NO_ACCESS: AccessForm = { name: '', role: 'developer', grants: [] }

export function formOf({ name, role, grants }: Account): AccessForm {
  return { name, role: role ?? 'some', grants: grants.map((grant, id) => ({ id, ...grant })) }
}

/** Returns the body of the request. An owner of the platform needs no roles for single API keys. */
export function bodyOf({ name, role, grants }: AccessForm) {
  return {
    name: name.trim(),
    role: role === 'some' ? null : role,
    grants: role === 'owner' ? [] : grants.flatMap(({ apiKey, role: granted }) => roleFor(apiKey, granted)),
  }
}

/** Returns an error for each incomplete field, by its name. */
export function missingIn({ name, role, grants }: AccessForm) {
  return {
    ...(name.trim() === '' && { name: 'Enter a name.' }),
    ...(role !== 'owner' && grantsFault(role, grants)),
  }
}

function grantsFault(role: AccessForm['role'], grants: AccessForm['grants']) {
  const keys = grants.map(({ apiKey }) => apiKey)
  if (role === 'some' && grants.length === 0) return { grants: 'Add at least one API key.' }
  if (keys.includes(undefined)) return { grants: 'Choose an API key in each row, or remove the row.' }
  if (new Set(keys).size < keys.length) return { grants: 'An API key is listed twice. Remove one of its rows.' }
  return {}
}

function roleFor(apiKey: string | undefined, role: Role) {
  return apiKey === undefined ? [] : [{ apiKey, role }]
}
