export type Publication = 'audio' | 'video' | 'screen' | 'data'
export type Role = 'moderator' | 'contributor' | 'guest'

/** A conversation that a token allows, as in the form. */
export interface Grant {
  /** Identifies the row in the page: names can repeat while they are typed. */
  readonly id: number
  readonly name: string
  readonly role: Role
  readonly publish: readonly Publication[]
  readonly subscribe: boolean
}

export interface TokenForm {
  readonly userId: string
  readonly ttlSeconds: number
  readonly grants: readonly Grant[]
}

/** Returns the conversations of the token, or `undefined` for all. */
export function conversationsOf({ grants }: TokenForm) {
  if (grants.length === 0) return undefined
  return grants.map(({ name, role, publish, subscribe }) => ({
    name: name.trim(),
    role,
    publish: [...publish],
    subscribe,
  }))
}

/** Returns what is missing in the form, or `undefined`. */
export function missingIn({ userId, grants }: TokenForm): string | undefined {
  if (userId.trim() === '') return 'Enter a user id.'
  if (grants.some(({ name }) => name.trim() === '')) return 'Enter a name for each conversation, or remove it.'
  return undefined
}
