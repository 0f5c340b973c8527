import { describe, expect, it } from 'vitest'
import { differences } from './differences.ts'

describe('what a change has changed', () => {
  it('is told down to the single value', () => {
    const before = { name: 'Shop', policy: { maxTtlSeconds: 60, origins: ['https://a.example'] } }
    const after = { name: 'Shop', policy: { maxTtlSeconds: 30, origins: ['https://b.example'] } }
    expect(differences(before, after)).toEqual([
      { at: 'policy.maxTtlSeconds', before: 60, after: 30 },
      { at: 'policy.origins', before: ['https://a.example'], after: ['https://b.example'] },
    ])
  })

  it('is all of what was made, and all of what was deleted', () => {
    expect(differences(null, { name: 'Shop' })).toEqual([{ at: 'name', before: undefined, after: 'Shop' }])
    expect(differences({ name: 'Shop' }, null)).toEqual([{ at: 'name', before: 'Shop', after: undefined }])
  })

  it('is nothing where nothing is written down', () => {
    expect(differences(null, null)).toEqual([])
  })

  it('is told where an object takes the place of a word', () => {
    expect(differences({ onExpiry: 'keep' }, { onExpiry: { graceSeconds: 5 } })).toEqual([
      { at: 'onExpiry', before: 'keep', after: { graceSeconds: 5 } },
    ])
  })
})
