import { type ConversationGrant, PUBLICATIONS, ROLES, type Role } from '@stagedoor/access-token'
import { InvalidArgumentError } from 'commander'
import { parsePublications } from './parse-publications.ts'

/**
 * Reads a grant as it is typed: `NAME`, `NAME:ROLE` or `NAME:ROLE:audio,video`. A guest watches and publishes nothing
 * unless that is said; the others publish everything.
 */
export function parseGrant(text: string): ConversationGrant {
  const [name = '', role = 'contributor', publish] = text.split(':')
  if (name === '') throw new InvalidArgumentError('Begin with the name of a conversation.')
  if (!ROLES.includes(role as Role)) throw new InvalidArgumentError(`The role is one of ${ROLES.join(', ')}.`)
  const all = role === 'guest' ? [] : PUBLICATIONS
  return {
    name,
    role: role as Role,
    publish: publish === undefined ? all : parsePublications(publish),
    subscribe: true,
  }
}
