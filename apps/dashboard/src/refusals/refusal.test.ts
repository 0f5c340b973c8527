import { describe, expect, it } from 'vitest'
import { clockWarningOf } from './refusal.ts'

describe('the warning about clocks', () => {
  it('is shown for a token that is not valid yet, with the difference', () =>
    expect(clockWarningOf({ code: 'token_not_yet_valid', clockDifferenceSeconds: 31 })).toContain(
      '31 seconds ahead of the platform’s clock',
    ))

  it('is not shown for an expired token', () =>
    expect(clockWarningOf({ code: 'token_expired', clockDifferenceSeconds: -95 })).toBeUndefined())

  it('is not shown without a difference', () =>
    expect(clockWarningOf({ code: 'token_not_yet_valid', clockDifferenceSeconds: null })).toBeUndefined())
})
