import { describe, expect, it } from 'vitest'
import { type Policy, policyInWords } from './policy-in-words.ts'

const POLICY: Policy = {
  requireToken: true,
  allowAnyUser: false,
  maxTtlSeconds: 3_600,
  audience: 'apiRTC',
  clockSkewSeconds: 0,
  onExpiry: 'disconnect',
  singleUse: false,
  rateLimits: { messagesPerSecond: 500 },
  permissions: { role: 'contributor', publish: ['audio', 'video'], subscribe: true },
}

describe('a policy in words', () => {
  it('says for how long tokens live and what becomes of a session then', () => {
    const words = policyInWords(POLICY).join(' ')
    expect(words).toContain('Tokens live 1 hour at most.')
    expect(words).toContain('The session ends when its token does')
    expect(words).toContain('Wildcard user ids are refused.')
  })

  it.each<[Partial<Policy>, string]>([
    [{ requireToken: false }, 'whoever knows the API key comes in'],
    [{ allowAnyUser: true }, 'A token for any user id is admitted.'],
    [{ onExpiry: { graceSeconds: 90 } }, 'goes on for 1 minute 30 seconds after'],
    [{ onExpiry: 'keep' }, 'goes on after its token has ended'],
    [{ origins: ['https://shop.example'] }, 'Only pages of https://shop.example are let in.'],
    [{ sessionsPerUser: { most: 1, beyond: 'close_oldest' } }, '1 session at a time; one more closes the oldest'],
    [{ singleUse: true }, 'Each token opens one session at most.'],
    [{ rateLimits: { messagesPerSecond: 5, knocksPerMinute: 60 } }, '60 knocks from an address a minute'],
    [{ permissions: { role: 'guest', publish: [], subscribe: false } }, 'publishes nothing and receives nobody'],
  ])('says of %j that "%s"', (decision, words) => {
    expect(policyInWords({ ...POLICY, ...decision }).join(' ')).toContain(words)
    expect(policyInWords(POLICY).join(' ')).not.toContain(words)
  })
})
