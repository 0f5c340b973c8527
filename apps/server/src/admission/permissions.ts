import type { ConversationGrant } from '@stagedoor/access-token'
import type { Permissions } from '@stagedoor/protocol'

/**
 * What a session may do in a conversation, or nothing where it may not be in it: what the grants of its token say, and
 * where the token has none, what the policy of the API key says. An exact name goes before a prefix, and a longer prefix
 * before a shorter one.
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
