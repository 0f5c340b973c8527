import { describe, expect, it } from 'vitest'
import { adviceOn } from './signing-key.ts'

describe('the advice on a signing key', () => {
  it('puts the advice of the platform in words', () => {
    expect(adviceOn({ advice: null })).toBeUndefined()
    expect(adviceOn({ advice: 'rotate' })).toContain('Rotate it')
    expect(adviceOn({ advice: 'retire' })).toContain('Retire it')
    expect(adviceOn({ advice: 'change_over' })).toContain('still in use')
  })
})
