import { describe, expect, it } from 'vitest'
import { grantByClaims } from './grant-conversations.ts'
import { readClaim } from './read-claim.ts'

const CLAIMS = {
  groups: ['teachers', 'staff'],
  department: 'teachers and staff',
  scp: 'meet.join meet.host',
  realm_access: { roles: ['teacher'], scope: 'a b' },
  resource_access: { 'shop.web': { roles: ['host'] }, 'a/b~c': { roles: ['odd'] } },
  'https://shop.example/roles': ['buyer'],
  'realm.access': { roles: ['literal'] },
  email_verified: true,
  banned: false,
  nothing: null,
}

describe('a claim', () => {
  it.each([
    ['a list', 'groups', ['teachers', 'staff']],
    ['a text, which is one value', 'department', ['teachers and staff']],
    ['words of a scope', 'scp', ['meet.join', 'meet.host']],
    ['words of a scope within', 'realm_access.scope', ['a', 'b']],
    ['the roles of Keycloak', 'realm_access.roles', ['teacher']],
    ['one whose name has dots and slashes', 'https://shop.example/roles', ['buyer']],
    ['one behind a name with a dot', '/resource_access/shop.web/roles', ['host']],
    ['one behind a name with a slash and a tilde', '/resource_access/a~1b~0c/roles', ['odd']],
    ['a boolean', 'email_verified', [true]],
    ['the boolean no', 'banned', [false]],
    ['null', 'nothing', [null]],
  ])('is found: %s', (_what, path, values) => {
    expect(readClaim(CLAIMS, path)).toEqual(values)
  })

  it.each([
    'absent',
    'realm_access.absent',
    'realm_access.roles.0',
    'groups.length',
    'department.length',
    'nothing.roles',
    'toString',
    '__proto__.toString',
    'realm_access.constructor',
    'realm.access.roles',
    '/realm_access/roles/0',
    '',
    '/',
  ])('is not found: %s', (path) => {
    expect(readClaim(CLAIMS, path)).toEqual([])
  })
})

describe('what a claim grants', () => {
  const conversations = [{ name: 'lobby', role: 'guest', publish: [], subscribe: true }] as const
  const isGranted = (claim: string, value: string | boolean) => {
    const grants = [{ claim, value, conversations }]
    const provider = { issuer: 'https://login.example', audience: 'app', userIdClaim: 'sub', outlivesSubject: false }
    return (grantByClaims({ ...provider, grants }, CLAIMS) ?? []).length > 0
  }

  it.each([
    ['realm_access.roles', 'teacher', true],
    ['realm_access.roles', 'teach', false],
    ['scp', 'meet.host', true],
    ['scp', 'meet.join meet.host', false],
    ['department', 'teachers', false],
    ['department', 'teachers and staff', true],
    ['email_verified', true, true],
    ['email_verified', 'true', false],
    ['email_verified', false, false],
    ['banned', false, true],
    ['absent', false, false],
  ] as const)('%s of %s: %s', (claim, value, isSo) => {
    expect(isGranted(claim, value)).toBe(isSo)
  })
})
