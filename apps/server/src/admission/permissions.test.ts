import type { ConversationGrant } from '@stagedoor/access-token'
import type { Permissions } from '@stagedoor/protocol'
import { describe, expect, it } from 'vitest'
import { permissionsIn as permissions } from './permissions.ts'

const OTHERWISE: Permissions = { role: 'guest', publish: ['data'], subscribe: false }

function permissionsIn(name: string, grants: readonly ConversationGrant[] | undefined) {
  return permissions(name, grants, OTHERWISE)
}

function grant(name: string, role: ConversationGrant['role']): ConversationGrant {
  return { name, role, publish: [], subscribe: true }
}

describe('the permissions in a conversation', () => {
  it('are those of the policy if the token names no conversations', () => {
    expect(permissionsIn('anything', undefined)).toEqual(OTHERWISE)
  })

  it('are none if the token names only others, or an empty list', () => {
    expect(permissionsIn('b', [grant('a', 'guest')])).toBeUndefined()
    expect(permissionsIn('b', [])).toBeUndefined()
  })

  it('are those of the exact name rather than of a prefix', () => {
    const grants = [grant('room-*', 'guest'), grant('room-1', 'moderator')]
    expect(permissionsIn('room-1', grants)?.role).toBe('moderator')
    expect(permissionsIn('room-2', grants)?.role).toBe('guest')
  })

  it('are those of the longest prefix, in any order', () => {
    const grants = [grant('*', 'guest'), grant('room-a*', 'moderator'), grant('room-*', 'contributor')]
    const roles = ['lobby', 'room-b', 'room-a1'].map((name) => permissionsIn(name, grants)?.role)
    expect(roles).toEqual(['guest', 'contributor', 'moderator'])
  })

  it('treat only a trailing star as a prefix', () => {
    expect(permissionsIn('roomXY', [grant('room', 'guest')])).toBeUndefined()
    expect(permissionsIn('aXb', [grant('a*b', 'guest')])).toBeUndefined()
  })
})
