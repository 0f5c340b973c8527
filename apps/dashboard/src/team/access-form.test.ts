import { describe, expect, it } from 'vitest'
import { bodyOf, formOf, missingIn, NO_ACCESS } from './access-form.ts'

const SHOP = { id: 0, apiKey: 'key_shop', role: 'owner' as const }
const NO_KEY = { id: 1, apiKey: undefined, role: 'viewer' as const }

describe('the access form of an account', () => {
  it('sends a role for the platform, and roles for single API keys', () =>
    expect(bodyOf({ name: ' Bo ', role: 'viewer', grants: [SHOP] })).toEqual({
      name: 'Bo',
      role: 'viewer',
      grants: [{ apiKey: 'key_shop', role: 'owner' }],
    }))

  it('sends no platform role when only selected API keys are chosen', () =>
    expect(bodyOf({ name: 'Bo', role: 'some', grants: [SHOP] }).role).toBeNull())

  it('sends no API keys for an owner of the platform', () =>
    expect(bodyOf({ name: 'Bo', role: 'owner', grants: [SHOP] }).grants).toEqual([]))

  it('keeps the access of an existing account', () => {
    const access = { name: 'Bo', role: null, grants: [{ apiKey: 'key_shop', role: 'viewer' as const }] }
    expect(bodyOf(formOf({ ...access, accountId: 'acc_1', email: 'bo@example.com', createdAt: 0 }))).toEqual(access)
  })

  it.each([
    ['no name', { ...NO_ACCESS, name: ' ' }, ['name']],
    ['selected API keys without any', { ...NO_ACCESS, name: 'Bo', role: 'some' as const }, ['grants']],
    ['a row without an API key', { ...NO_ACCESS, name: 'Bo', grants: [SHOP, NO_KEY] }, ['grants']],
    ['a repeated API key', { ...NO_ACCESS, name: 'Bo', grants: [SHOP, { ...SHOP, id: 1 }] }, ['grants']],
    ['nothing for an owner, whose rows are ignored', { name: 'Bo', role: 'owner' as const, grants: [NO_KEY] }, []],
    ['nothing when the form is complete', { ...NO_ACCESS, name: 'Bo', grants: [SHOP] }, []],
  ])('reports %s', (_, form, fields) => expect(Object.keys(missingIn(form))).toEqual(fields))
})
