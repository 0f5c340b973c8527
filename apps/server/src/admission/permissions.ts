import type { ConversationGrant } from '@stagedoor/access-token'
import type { Permissions } from '@stagedoor/protocol'

/** What a session may do in any conversation of its API key, where its token names none. */
export const DEFAULT_PERMISSIONS: Permissions = {
  role: 'contributor',
  publish: ['audio', 'video', 'screen', 'data'],
  subscribe: true,
}

/**
 * What the grants of a token allow in a conversation, or nothing where they do not name it. An exact name goes before a
 * prefix, and a longer prefix before a shorter one.
 */
export function permissionsIn(
  conversation: string,
  grants: readonly ConversationGrant[] | undefined,
): Permissions | undefined {
  if (grants === undefined) return DEFAULT_PERMISSIONS
  let closest: ConversationGrant | undefined
  for (const grant of grants) {
    if (grant.name === conversation) return grant
    const isPrefix = grant.name.endsWith('*') && conversation.startsWith(grant.name.slice(0, -1))
    if (isPrefix && grant.name.length > (closest?.name.length ?? 0)) closest = grant
  }
  return closest
}
