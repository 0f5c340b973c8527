import { type ConversationGrant, PUBLICATIONS, ROLES, type Role } from '@stagedoor/access-token'
import { InvalidArgumentError } from 'commander'
import { parsePublications } from '../../input/parse-publications.ts'

/**
 * Parses a conversation grant: `NAME`, `NAME:ROLE` or `NAME:ROLE:audio,video`. Without a list, a guest may publish nothing and
 * other roles may publish everything.
 */
export function parseGrant(text: string): ConversationGrant {
  const [name = '', role = 'contributor', publish] = text.split(':')
  if (name === '') throw new InvalidArgumentError('Expected the name of a conversation first, such as lobby:guest.')
  if (!ROLES.includes(role as Role)) throw new InvalidArgumentError(`The role must be one of ${ROLES.join(', ')}.`)
  const all = role === 'guest' ? [] : PUBLICATIONS
  return {
    name,
    role: role as Role,
    publish: publish === undefined ? all : parsePublications(publish),
    subscribe: true,
  }
}
