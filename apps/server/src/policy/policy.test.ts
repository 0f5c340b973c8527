import { describe, expect, it } from 'vitest'
import {
  DEFAULT_MESSAGES_PER_SECOND,
  DEFAULT_POLICY,
  MAX_MESSAGES_PER_SECOND,
  MAX_PER_MINUTE,
  policySchema,
} from './policy.ts'

describe('the rate limits of a policy', () => {
  it('are by default unlimited for registrations, and high for a session', () => {
    expect(DEFAULT_POLICY.rateLimits).toEqual({ messagesPerSecond: DEFAULT_MESSAGES_PER_SECOND })
  })

  it('have defaults in a policy that was stored before they existed', () => {
    const { rateLimits, ...older } = DEFAULT_POLICY
    expect(policySchema.parse(JSON.parse(JSON.stringify(older)))).toEqual({ ...older, rateLimits })
  })

  it.each([
    ['registrationsPerMinute', MAX_PER_MINUTE],
    ['connectionAttemptsPerMinute', MAX_PER_MINUTE],
    ['messagesPerSecond', MAX_MESSAGES_PER_SECOND],
  ])('are whole numbers: %s from 1 to %i', (name, most) => {
    const accepts = (value: unknown) => policySchema.safeParse({ rateLimits: { [name]: value } }).success
    expect([1, most].map(accepts)).toEqual([true, true])
    expect([0, most + 1, 1.5, -1, '7', null, Number.NaN].map(accepts)).toEqual(Array(7).fill(false))
  })
})
