import type { Account, Role } from '../platform/account.ts'

export interface GrantForm {
  /** For the page alone, to know one from another. */
  readonly id: number
  readonly apiKey: string | undefined
  readonly role: Role
}

/** What the form of an account holds of what it may: roles for some API keys also while it is an owner, so that none is lost. */
export interface AccessForm {
  readonly name: string
  readonly role: Role | 'some'
  readonly grants: readonly GrantForm[]
}

export const NO_ACCESS: AccessForm = { name: '', role: 'developer', grants: [] }

export function formOf({ name, role, grants }: Account): AccessForm {
  return { name, role: role ?? 'some', grants: grants.map((grant, id) => ({ id, ...grant })) }
}

/** What of it goes to the API. An owner of everything needs no role for an API key besides. */
export function bodyOf({ name, role, grants }: AccessForm) {
  return {
    name: name.trim(),
    role: role === 'some' ? null : role,
    grants: role === 'owner' ? [] : grants.flatMap(({ apiKey, role: granted }) => roleFor(apiKey, granted)),
  }
}

/** What is missing, by the name of the field. */
export function missingIn({ name, role, grants }: AccessForm) {
  return {
    ...(name.trim() === '' && { name: 'What the others call them.' }),
    ...(role !== 'owner' && grantsFault(role, grants)),
  }
}

function grantsFault(role: AccessForm['role'], grants: AccessForm['grants']) {
  const keys = grants.map(({ apiKey }) => apiKey)
  if (role === 'some' && grants.length === 0) return { grants: 'Add an API key: without one they may do nothing.' }
  if (keys.includes(undefined)) return { grants: 'Choose an API key in each row, or take the row away.' }
  if (new Set(keys).size < keys.length) return { grants: 'An API key stands here twice. Leave one row of it.' }
  return {}
}

function roleFor(apiKey: string | undefined, role: Role) {
  return apiKey === undefined ? [] : [{ apiKey, role }]
}
