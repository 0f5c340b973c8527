export type Publication = 'audio' | 'video' | 'screen' | 'data'
export type Role = 'moderator' | 'contributor' | 'guest'

/** A conversation that a token is held to, as the form has it. */
export interface Grant {
  /** For the list in the page: names may repeat while they are written. */
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

/** What goes into the token of its conversations; nothing where it is held to none. */
export function conversationsOf({ grants }: TokenForm) {
  if (grants.length === 0) return undefined
  return grants.map(({ name, role, publish, subscribe }) => ({
    name: name.trim(),
    role,
    publish: [...publish],
    subscribe,
  }))
}

/** What is missing in the form, or nothing. */
export function missingIn({ userId, grants }: TokenForm): string | undefined {
  if (userId.trim() === '') return 'Say who the token is for.'
  if (grants.some(({ name }) => name.trim() === '')) return 'Give each conversation its name, or take it out.'
  return undefined
}
