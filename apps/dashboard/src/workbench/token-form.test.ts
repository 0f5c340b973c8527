import { describe, expect, it } from 'vitest'
import { conversationsOf, missingIn, type TokenForm } from './token-form.ts'

const grant = { id: 1, name: ' lobby ', role: 'guest', publish: ['audio'], subscribe: true } as const
const FORM: TokenForm = { userId: 'alice', ttlSeconds: 600, grants: [] }

describe('the form of a token', () => {
  it('holds it to no conversation where none is named', () => {
    expect(conversationsOf(FORM)).toBeUndefined()
  })

  it('gives the conversations without what is for the page alone', () => {
    expect(conversationsOf({ ...FORM, grants: [grant] })).toEqual([
      { name: 'lobby', role: 'guest', publish: ['audio'], subscribe: true },
    ])
  })

  it('says what is missing', () => {
    expect(missingIn(FORM)).toBeUndefined()
    expect(missingIn({ ...FORM, userId: ' ' })).toContain('who the token is for')
    expect(missingIn({ ...FORM, grants: [{ ...grant, name: ' ' }] })).toContain('its name')
  })
})
