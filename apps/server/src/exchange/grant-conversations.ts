import type { ConversationGrant } from '@stagedoor/access-token'
import type { Permissions } from '@stagedoor/protocol'
import { permissionsIn } from '../admission/permissions.ts'
import { grantedNameSchema } from '../policy/conversation-grant.ts'
import type { IdentityProvider } from '../policy/identity-provider.ts'
import { readClaim } from './read-claim.ts'

/** The only conversations that a user can join; without it, the policy decides. */
export type Granted = readonly ConversationGrant[] | undefined

const PREFIX_OF_SCOPE = 'conversation:'

/**
 * The conversations that a user's claims grant. If several claims grant the same one, the first entry in the policy wins. If the provider
 * has claims listed and the user has none of them, nothing is granted: a list of groups must not give everyone else more.
 */
export function grantByClaims({ grants }: IdentityProvider, claims: Readonly<Record<string, unknown>>): Granted {
  if (grants === undefined) return undefined
  const granted = new Map<string, ConversationGrant>()
  for (const { claim, value, conversations } of grants) {
    if (!readClaim(claims, claim).includes(value)) continue
    for (const grant of conversations) if (!granted.has(grant.name)) granted.set(grant.name, grant)
  }
  return [...granted.values()]
}

/**
 * Reads a scope (RFC 6749 section 3.3): names of conversations, percent-encoded, such as `conversation:lesson%207`, or a prefix, such as
 * `conversation:lesson*`. Returns undefined if it is anything else.
 */
export function readScope(scope: string): readonly string[] | undefined {
  const names = scope.split(' ').map(readName)
  return names.every((name) => name !== undefined) ? [...new Set(names)] : undefined
}

function readName(entry: string): string | undefined {
  if (!entry.startsWith(PREFIX_OF_SCOPE)) return undefined
  try {
    const reading = grantedNameSchema.safeParse(decodeURIComponent(entry.slice(PREFIX_OF_SCOPE.length)))
    return reading.success ? reading.data : undefined
  } catch {
    return undefined
  }
}

/** The scope of a token that is restricted to conversations. */
export function writeScope(granted: readonly ConversationGrant[]): string {
  return granted.map(({ name }) => `${PREFIX_OF_SCOPE}${encodeURIComponent(name)}`).join(' ')
}

/**
 * Narrows grants to the conversations of a scope, without ever adding any: a prefix includes what is granted for names below it. Returns
 * undefined if a name exceeds the grants.
 */
export function narrow(
  granted: Granted,
  names: readonly string[],
  otherwise: Permissions,
): readonly ConversationGrant[] | undefined {
  const narrowed = new Map<string, ConversationGrant>()
  for (const name of names) {
    // For a prefix too: it is covered by the same or a shorter prefix, never by a single name.
    const permissions = permissionsIn(name, granted, otherwise)
    if (permissions === undefined) return undefined
    const { role, publish, subscribe } = permissions
    narrowed.set(name, { name, role, publish, subscribe })
    for (const grant of withinOf(name, granted)) if (!narrowed.has(grant.name)) narrowed.set(grant.name, grant)
  }
  return [...narrowed.values()]
}

function withinOf(name: string, granted: Granted): readonly ConversationGrant[] {
  if (!name.endsWith('*')) return []
  return granted?.filter((grant) => grant.name !== name && grant.name.startsWith(name.slice(0, -1))) ?? []
}
