import { expect, it } from 'vitest'
import { revocationOf } from './revocation-form.ts'

const FORM = { kind: 'user', subject: ' alice ', forSeconds: 60 } as const

it('a revocation names its subject without the spaces around it', () => {
  expect(revocationOf(FORM)).toEqual({ kind: 'user', subject: 'alice' })
  expect(revocationOf({ ...FORM, kind: 'token' })).toEqual({ kind: 'token', subject: 'alice' })
})

it('only a ban has a duration', () => {
  expect(revocationOf({ ...FORM, kind: 'ban' })).toEqual({ kind: 'ban', subject: 'alice', forSeconds: 60 })
})

it('everything has no subject, and anything else is incomplete without one', () => {
  expect(revocationOf({ ...FORM, kind: 'everything' })).toEqual({ kind: 'everything' })
  expect(revocationOf({ ...FORM, subject: '  ' })).toBeUndefined()
})
