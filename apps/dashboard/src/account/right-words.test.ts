import { describe, expect, it } from 'vitest'
import { rightsInWords } from './right-words.ts'

describe('permissions in words', () => {
  it('are one sentence per group, in the order of the form', () =>
    expect(rightsInWords(['tokens:mint', 'audit:read', 'keys:read'])).toEqual([
      'Read: API keys and their policies; audit log',
      'Write: mint access tokens for users',
    ]))

  it('leave out a group without permissions', () => expect(rightsInWords(['audit:read'])).toEqual(['Read: audit log']))
})
