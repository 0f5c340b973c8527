/** The roles for an API key, each with more permissions than the one before. */
export const ROLES = ['viewer', 'developer', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** The permissions, with the lowest role that has each. A personal access token can be limited to some of them. */
export const RIGHTS = {
  'keys:read': 'viewer',
  'sessions:read': 'viewer',
  'refusals:read': 'viewer',
  'signing_keys:write': 'developer',
  'tokens:mint': 'developer',
  'sessions:write': 'developer',
  'revocations:write': 'developer',
  'keys:write': 'owner',
  'webhooks:read': 'developer',
  'webhooks:write': 'owner',
  'audit:read': 'owner',
  'accounts:read': 'owner',
  'accounts:write': 'owner',
} as const satisfies Readonly<Record<string, Role>>

export type Right = keyof typeof RIGHTS
export const ALL_RIGHTS = Object.keys(RIGHTS) as [Right, ...Right[]]

/** Whether a role has a permission. */
export function has(role: Role | undefined, right: Right): boolean {
  return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(RIGHTS[right])
}
