import { describe, expect, it } from 'vitest'
import { conversationsOf, missingIn, type TokenForm } from './token-form.ts'

const grant = { id: 1, name: ' lobby ', role: 'guest', publish: ['audio'], subscribe: true } as const
const FORM: TokenForm = { userId: 'alice', ttlSeconds: 600, grants: [] }

describe('the form that builds a token', () => {
  it('limits the token to no conversation when none is added', () => {
    expect(conversationsOf(FORM)).toBeUndefined()
  })

  it('sends the conversations without the ids of their rows', () => {
    expect(conversationsOf({ ...FORM, grants: [grant] })).toEqual([
      { name: 'lobby', role: 'guest', publish: ['audio'], subscribe: true },
    ])
  })

  it('reports what is missing', () => {
    expect(missingIn(FORM)).toBeUndefined()
    expect(missingIn({ ...FORM, userId: ' ' })).toContain('user id')
    expect(missingIn({ ...FORM, grants: [{ ...grant, name: ' ' }] })).toContain('name')
  })
})
