import { describe, expect, it } from 'vitest'
import { differences } from './differences.ts'

describe('the differences of a change', () => {
  it('go down to single values', () => {
    const before = { name: 'Shop', policy: { maxTtlSeconds: 60, origins: ['https://a.example'] } }
    const after = { name: 'Shop', policy: { maxTtlSeconds: 30, origins: ['https://b.example'] } }
    expect(differences(before, after)).toEqual([
      { at: 'policy.maxTtlSeconds', before: 60, after: 30 },
      { at: 'policy.origins', before: ['https://a.example'], after: ['https://b.example'] },
    ])
  })

  it('are every field of what was created or deleted', () => {
    expect(differences(null, { name: 'Shop' })).toEqual([{ at: 'name', before: undefined, after: 'Shop' }])
    expect(differences({ name: 'Shop' }, null)).toEqual([{ at: 'name', before: 'Shop', after: undefined }])
  })

  it('are empty when nothing was recorded', () => {
    expect(differences(null, null)).toEqual([])
  })

  it('include a string that was replaced by an object', () => {
    expect(differences({ onExpiry: 'keep' }, { onExpiry: { graceSeconds: 5 } })).toEqual([
      { at: 'onExpiry', before: 'keep', after: { graceSeconds: 5 } },
    ])
  })
})
