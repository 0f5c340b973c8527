import { describe, expect, it } from 'vitest'
import { adviceOn } from './signing-key.ts'

describe('the advice on a key', () => {
  it('is that of the platform, in words', () => {
    expect(adviceOn({ advice: null })).toBeUndefined()
    expect(adviceOn({ advice: 'rotate' })).toContain('Rotate it')
    expect(adviceOn({ advice: 'retire' })).toContain('Retire it')
    expect(adviceOn({ advice: 'change_over' })).toContain('still in use')
  })
})
