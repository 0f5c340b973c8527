import type { ConversationGrant } from '@stagedoor/access-token'
import type { Permissions } from '@stagedoor/protocol'
import { permissionsIn } from '../admission/permissions.ts'
import { grantedNameSchema } from '../policy/conversation-grant.ts'
import type { IdentityProvider } from '../policy/identity-provider.ts'
import { readClaim } from './read-claim.ts'

/** The only conversations that a token may join; without, the policy decides. */
export type Granted = readonly ConversationGrant[] | undefined

const PREFIX_OF_SCOPE = 'conversation:'

/**
 * The conversations that the claims of a user give. Where several give the same one, the entry that the policy has first
 * decides. Where the provider names claims and the user has none of them, they are none at all: whoever lists groups does not
 * mean that everybody else may do more.
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
 * Reads a scope (RFC 6749 section 3.3): names of conversations, percent-encoded, such as `conversation:lesson%207` or, of all
 * names that begin so, `conversation:lesson*`. Answers nothing where it is something else.
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

/** The scope of a token that names conversations. */
export function writeScope(granted: readonly ConversationGrant[]): string {
  return granted.map(({ name }) => `${PREFIX_OF_SCOPE}${encodeURIComponent(name)}`).join(' ')
}

/**
 * What is granted, no more than in the conversations that a scope names. Nowhere does it come to more than before: with a
 * prefix comes whatever was said of names that begin so. Answers nothing where a name goes beyond what is granted.
 */
export function narrow(
  granted: Granted,
  names: readonly string[],
  otherwise: Permissions,
): readonly ConversationGrant[] | undefined {
  const narrowed = new Map<string, ConversationGrant>()
  for (const name of names) {
    // Of a prefix too: it is covered by that very one or by a shorter one, and by no single name.
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
