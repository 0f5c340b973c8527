import { describe, expect, it } from 'vitest'
import type { Me, Right } from '../platform/me.tsx'
import { bodyOf, missingIn, NO_TOKEN, rightsToGive } from './token-form.ts'

const ME: Me = {
  accountId: 'acc_1',
  email: 'bo@example.com',
  name: 'Bo',
  createdAt: 0,
  role: 'viewer',
  rights: ['keys:read', 'sessions:read'],
  grants: [{ apiKey: 'key_shop', role: 'developer', rights: ['keys:read', 'tokens:mint', 'accounts:write'] }],
}
const OWNER: Me = { ...ME, role: 'owner', rights: ['keys:read', 'accounts:read', 'accounts:write'], grants: [] }

describe('the permissions that a token can have', () => {
  it('for all API keys are what its account may do to any of them', () =>
    expect(rightsToGive(ME, undefined)).toEqual(['keys:read', 'sessions:read', 'tokens:mint']))

  it('for one API key are what its account may do to that one', () =>
    expect([rightsToGive(ME, 'key_shop'), rightsToGive(ME, 'key_other')]).toEqual([
      ['keys:read', 'sessions:read', 'tokens:mint'],
      ['keys:read', 'sessions:read'],
    ]))

  it('never include accounts where the token is for one API key', () =>
    expect([rightsToGive(OWNER, undefined), rightsToGive(OWNER, 'key_shop')]).toEqual([
      ['keys:read', 'accounts:read', 'accounts:write'],
      ['keys:read'],
    ]))
})

describe('the form of a personal access token', () => {
  const form = { ...NO_TOKEN, name: ' Deployment ', rights: ['tokens:mint', 'keys:read'] as readonly Right[] }

  it('sends only the permissions that can be granted, even if others were chosen before', () =>
    expect(bodyOf({ ...form, apiKey: 'key_other' }, ['keys:read'])).toEqual({
      name: 'Deployment',
      rights: ['keys:read'],
      apiKey: 'key_other',
      lifeSeconds: 7_776_000,
    }))

  it('names no API key when it is for all', () => expect(bodyOf(form, ['keys:read'])).not.toHaveProperty('apiKey'))

  it('reports that at least one permission is needed', () =>
    expect(Object.keys(missingIn(form, ['sessions:read']))).toEqual(['rights']))

  it('reports a missing name', () =>
    expect(Object.keys(missingIn({ ...form, name: ' ' }, ['keys:read']))).toEqual(['name']))
})
