import { type ConversationGrant, PUBLICATIONS, type Publication, ROLES, type Role } from '@stagedoor/access-token'
import { InvalidArgumentError } from 'commander'

/**
 * Reads a grant as it is typed: `NAME`, `NAME:ROLE` or `NAME:ROLE:audio,video`. A guest watches and publishes nothing
 * unless that is said; the others publish everything.
 */
export function parseGrant(text: string): ConversationGrant {
  const [name = '', role = 'contributor', publish] = text.split(':')
  if (name === '') throw new InvalidArgumentError('Begin with the name of a conversation.')
  if (!ROLES.includes(role as Role)) throw new InvalidArgumentError(`The role is one of ${ROLES.join(', ')}.`)
  return { name, role: role as Role, publish: parsePublish(role, publish), subscribe: true }
}

function parsePublish(role: string, text: string | undefined): readonly Publication[] {
  if (text === undefined) return role === 'guest' ? [] : PUBLICATIONS
  const kinds = text.split(',').filter((kind) => kind !== '')
  if (kinds.every((kind) => PUBLICATIONS.includes(kind as Publication))) return kinds as Publication[]
  throw new InvalidArgumentError(`What may be published is a list out of ${PUBLICATIONS.join(', ')}.`)
}
