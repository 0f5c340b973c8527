import { describe, expect, it } from 'vitest'
import { rightsInWords } from './right-words.ts'

describe('rights in words', () => {
  it('are a sentence for each group, in the order of the form', () =>
    expect(rightsInWords(['tokens:mint', 'audit:read', 'keys:read'])).toEqual([
      'Look at: API keys and their policies; the audit trail',
      'Do: mint access tokens for users',
    ]))

  it('say nothing of a group of which there is none', () =>
    expect(rightsInWords(['audit:read'])).toEqual(['Look at: the audit trail']))
})
