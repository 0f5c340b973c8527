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

describe('what a token can be given', () => {
  it('is, for all API keys, what its account may to any of them', () =>
    expect(rightsToGive(ME, undefined)).toEqual(['keys:read', 'sessions:read', 'tokens:mint']))

  it('is, for one API key, what its account may to that one', () =>
    expect([rightsToGive(ME, 'key_shop'), rightsToGive(ME, 'key_other')]).toEqual([
      ['keys:read', 'sessions:read', 'tokens:mint'],
      ['keys:read', 'sessions:read'],
    ]))

  it('is no right to accounts where the token is for one API key', () =>
    expect([rightsToGive(OWNER, undefined), rightsToGive(OWNER, 'key_shop')]).toEqual([
      ['keys:read', 'accounts:read', 'accounts:write'],
      ['keys:read'],
    ]))
})

describe('the form of a token', () => {
  const form = { ...NO_TOKEN, name: ' Deployment ', rights: ['tokens:mint', 'keys:read'] as readonly Right[] }

  it('asks for the rights that can be given, and for no others that were chosen before', () =>
    expect(bodyOf({ ...form, apiKey: 'key_other' }, ['keys:read'])).toEqual({
      name: 'Deployment',
      rights: ['keys:read'],
      apiKey: 'key_other',
      lifeSeconds: 7_776_000,
    }))

  it('names no API key where it is for all', () => expect(bodyOf(form, ['keys:read'])).not.toHaveProperty('apiKey'))

  it('complains where nothing is left that it may do', () =>
    expect(Object.keys(missingIn(form, ['sessions:read']))).toEqual(['rights']))

  it('complains where it has no name', () =>
    expect(Object.keys(missingIn({ ...form, name: ' ' }, ['keys:read']))).toEqual(['name']))
})
