import type { ConversationGrant } from '@stagedoor/access-token'
import type { Permissions } from '@stagedoor/protocol'

/**
 * The permissions of a session in a conversation, or undefined if it cannot join: from the grants of its token or, without grants, from the
 * policy of the API key. An exact name takes precedence over a prefix, and a longer prefix over a shorter one.
 */
export function permissionsIn(
  conversation: string,
  grants: readonly ConversationGrant[] | undefined,
  otherwise: Permissions,
): Permissions | undefined {
  if (grants === undefined) return otherwise
  let closest: ConversationGrant | undefined
  for (const grant of grants) {
    if (grant.name === conversation) return grant
    const isPrefix = grant.name.endsWith('*') && conversation.startsWith(grant.name.slice(0, -1))
    if (isPrefix && grant.name.length > (closest?.name.length ?? 0)) closest = grant
  }
  return closest
}
