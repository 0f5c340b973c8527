import type { components } from '@stagedoor/admin'

export type Account = components['schemas']['Account']
export type Role = NonNullable<Account['role']>

/** The API paths to refresh after an account has changed: it may be the one that is logged in. */
export const ACCOUNT_PATHS = ['/api/v1/accounts', '/api/v1/me'] as const

/** What each role can do. Each role includes those after it. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly can: string }>> = {
  owner: {
    name: 'Owner',
    can: 'Creates, changes and deletes API keys, policies and webhooks, and reads the audit log. An owner of the platform manages accounts too.',
  },
  developer: {
    name: 'Developer',
    can: 'Adds and retires signing keys, mints tokens, closes sessions, revokes leaked tokens and keys, and sees webhook deliveries.',
  },
  viewer: { name: 'Viewer', can: 'Sees API keys, policies, live sessions and refusals. Cannot change anything.' },
}

export const ROLES = Object.keys(ROLE_WORDS) as readonly Role[]
