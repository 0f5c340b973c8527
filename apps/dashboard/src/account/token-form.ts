import type { Me, Right } from '../platform/me.tsx'

/** What the form of a personal access token holds: also rights that do not go with its API key, so that none is lost. */
export interface TokenForm {
  readonly name: string
  readonly rights: readonly Right[]
  /** The one API key that it is for; nothing for all. */
  readonly apiKey: string | undefined
  /** In seconds, as a list of choices has it. */
  readonly life: string
}

export const NO_TOKEN: TokenForm = { name: '', rights: [], apiKey: undefined, life: '7776000' }

/** How long a token may live, in seconds. A year is the longest that the API gives. */
export const LIFE_CHOICES = [
  { value: '86400', label: 'A day' },
  { value: '604800', label: '7 days' },
  { value: '2592000', label: '30 days' },
  { value: '7776000', label: '90 days' },
  { value: '31536000', label: 'A year' },
]

/** Accounts belong to the platform: no API key leads to them. */
const OF_THE_PLATFORM: readonly Right[] = ['accounts:read', 'accounts:write']

/** What a token of this account can be given: for one API key, or without one for all of them. */
export function rightsToGive({ rights, grants }: Me, apiKey: string | undefined): readonly Right[] {
  const granted = grants
    .filter((grant) => apiKey === undefined || grant.apiKey === apiKey)
    .flatMap((grant) => grant.rights)
    .filter((right) => !OF_THE_PLATFORM.includes(right))
  const own = apiKey === undefined ? rights : rights.filter((right) => !OF_THE_PLATFORM.includes(right))
  return [...new Set([...own, ...granted])]
}

/** What of the form goes to the API: of the rights those that can be given. */
export function bodyOf({ name, rights, apiKey, life }: TokenForm, toGive: readonly Right[]) {
  return {
    name: name.trim(),
    rights: rights.filter((right) => toGive.includes(right)),
    ...(apiKey !== undefined && { apiKey }),
    lifeSeconds: Number(life),
  }
}

/** What is missing, by the name of the field. */
export function missingIn(form: TokenForm, toGive: readonly Right[]) {
  const { name, rights } = bodyOf(form, toGive)
  return {
    ...(name === '' && { name: 'What it is for.' }),
    ...(rights.length === 0 && { rights: 'One at least: it can do nothing without.' }),
  }
}
