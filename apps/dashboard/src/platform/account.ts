import type { components } from '@stagedoor/admin'

export type Account = components['schemas']['Account']
export type Role = NonNullable<Account['role']>

/** What a change of an account touches: one's own rights too, where it is one's own. */
export const ACCOUNT_PATHS = ['/api/v1/accounts', '/api/v1/me'] as const

/** What each role may do, from the most to the least; each may do what those after it may. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  owner: {
    name: 'Owner',
    may: 'Makes, changes and deletes API keys, policies and webhooks, and reads the audit trail. An owner of everything makes and deletes accounts too.',
  },
  developer: {
    name: 'Developer',
    may: 'Makes and retires secrets, mints tokens, closes sessions, revokes what has got out, and sees what webhooks were told.',
  },
  viewer: { name: 'Viewer', may: 'Looks at API keys, policies, live sessions and refusals, and changes nothing.' },
}

export const ROLES = Object.keys(ROLE_WORDS) as readonly Role[]
