import { describe, expect, it } from 'vitest'
import { bodyOf, formOf, missingIn, NO_ACCESS } from './access-form.ts'

const SHOP = { id: 0, apiKey: 'key_shop', role: 'owner' as const }
const NO_KEY = { id: 1, apiKey: undefined, role: 'viewer' as const }

describe('the form of what an account may', () => {
  it('gives a role to everything, and roles for some API keys besides', () =>
    expect(bodyOf({ name: ' Bo ', role: 'viewer', grants: [SHOP] })).toEqual({
      name: 'Bo',
      role: 'viewer',
      grants: [{ apiKey: 'key_shop', role: 'owner' }],
    }))

  it('gives no role to everything where some API keys are chosen alone', () =>
    expect(bodyOf({ name: 'Bo', role: 'some', grants: [SHOP] }).role).toBeNull())

  it('names no API key for an owner of everything', () =>
    expect(bodyOf({ name: 'Bo', role: 'owner', grants: [SHOP] }).grants).toEqual([]))

  it('gives back what an account may', () => {
    const access = { name: 'Bo', role: null, grants: [{ apiKey: 'key_shop', role: 'viewer' as const }] }
    expect(bodyOf(formOf({ ...access, accountId: 'acc_1', email: 'bo@example.com', createdAt: 0 }))).toEqual(access)
  })

  it.each([
    ['no name', { ...NO_ACCESS, name: ' ' }, ['name']],
    ['some API keys where none is named', { ...NO_ACCESS, name: 'Bo', role: 'some' as const }, ['grants']],
    ['a row without an API key', { ...NO_ACCESS, name: 'Bo', grants: [SHOP, NO_KEY] }, ['grants']],
    ['an API key twice', { ...NO_ACCESS, name: 'Bo', grants: [SHOP, { ...SHOP, id: 1 }] }, ['grants']],
    ['nothing of an owner, whose rows do not count', { name: 'Bo', role: 'owner' as const, grants: [NO_KEY] }, []],
    ['nothing where all is said', { ...NO_ACCESS, name: 'Bo', grants: [SHOP] }, []],
  ])('complains of %s', (_, form, fields) => expect(Object.keys(missingIn(form))).toEqual(fields))
})
