import type { Me, Right } from '../platform/me.tsx'

/** The values of the form. Rights that do not apply to the chosen API key are kept, so that changing it back loses none. */
export interface TokenForm {
  readonly name: string
  readonly rights: readonly Right[]
  /** The API key that it is limited to; `undefined` for all. */
  readonly apiKey: string | undefined
  /** In seconds, as the value of a choice. */
  readonly life: string
}

export const NO_TOKEN: TokenForm = { name: '', rights: [], apiKey: undefined, life: '7776000' }

/** How long a token may live, in seconds. The API allows a year at most. */
export const LIFE_CHOICES = [
  { value: '86400', label: '1 day' },
  { value: '604800', label: '7 days' },
  { value: '2592000', label: '30 days' },
  { value: '7776000', label: '90 days' },
  { value: '31536000', label: '1 year' },
]

/** Accounts belong to the platform, so a token for one API key cannot have these. */
const OF_THE_PLATFORM: readonly Right[] = ['accounts:read', 'accounts:write']

/** Returns the rights that this account can give a token: for one API key, or for all if none is named. */
export function rightsToGive({ rights, grants }: Me, apiKey: string | undefined): readonly Right[] {
  const granted = grants
    .filter((grant) => apiKey === undefined || grant.apiKey === apiKey)
    .flatMap((grant) => grant.rights)
    .filter((right) => !OF_THE_PLATFORM.includes(right))
  const own = apiKey === undefined ? rights : rights.filter((right) => !OF_THE_PLATFORM.includes(right))
  return [...new Set([...own, ...granted])]
}

/** Returns the body of the request, with only the rights that can be granted. */
export function bodyOf({ name, rights, apiKey, life }: TokenForm, toGive: readonly Right[]) {
  return {
    name: name.trim(),
    rights: rights.filter((right) => toGive.includes(right)),
    ...(apiKey !== undefined && { apiKey }),
    lifeSeconds: Number(life),
  }
}

/** Returns an error for each incomplete field, by its name. */
export function missingIn(form: TokenForm, toGive: readonly Right[]) {
  const { name, rights } = bodyOf(form, toGive)
  return {
    ...(name === '' && { name: 'Enter a name.' }),
    ...(rights.length === 0 && { rights: 'Choose at least one permission.' }),
  }
}
