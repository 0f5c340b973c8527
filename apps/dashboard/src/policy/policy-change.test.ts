import { describe, expect, it } from 'vitest'
import type { Policy } from './policy.ts'
import { changeBetween } from './policy-change.ts'

const POLICY: Policy = {
  requireToken: true,
  allowAnyUser: false,
  maxTtlSeconds: 3_600,
  audience: 'apiRTC',
  clockSkewSeconds: 0,
  onExpiry: 'disconnect',
  origins: ['https://shop.example'],
  sessionsPerUserInConversation: 10,
  singleUse: false,
  rateLimits: { messagesPerSecond: 500 },
  permissions: { role: 'contributor', publish: ['audio'], subscribe: true },
}

describe('the change from one policy to another', () => {
  it('contains only what differs', () => {
    expect(changeBetween(POLICY, { ...POLICY, maxTtlSeconds: 60 })).toEqual({ maxTtlSeconds: 60 })
    expect(changeBetween(POLICY, { ...POLICY })).toEqual({})
  })

  it('resets a setting with null', () => {
    const { origins: _, ...open } = POLICY
    expect(changeBetween(POLICY, open)).toEqual({ origins: null })
    expect(changeBetween(POLICY, { ...POLICY, origins: undefined })).toEqual({ origins: null })
    expect(changeBetween(open, POLICY)).toEqual({ origins: ['https://shop.example'] })
  })
})
