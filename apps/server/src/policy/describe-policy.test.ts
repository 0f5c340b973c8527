import { expect, it } from 'vitest'
import { describePolicy } from './describe-policy.ts'
import { DEFAULT_POLICY } from './policy.ts'

it.each([
  [
    {},
    'A user can make any number of registrations.',
    'An address can make any number of connection attempts.',
    'A session can send 500 messages per second.',
  ],
  [
    { registrationsPerMinute: 30, connectionAttemptsPerMinute: 600, messagesPerSecond: 50 },
    'A user can make 30 registrations per minute.',
    'An address can make 600 connection attempts per minute.',
    'A session can send 50 messages per second.',
  ],
  [
    { registrationsPerMinute: 1, connectionAttemptsPerMinute: 1, messagesPerSecond: 1 },
    'A user can make 1 registration per minute.',
    'An address can make 1 connection attempt per minute.',
    'A session can send 1 message per second.',
  ],
])('the rate limits %j are described in words', (rateLimits, ...sentences) => {
  const policy = { ...DEFAULT_POLICY, rateLimits: { ...DEFAULT_POLICY.rateLimits, ...rateLimits } }
  expect(describePolicy(policy)).toEqual(expect.arrayContaining(sentences))
})

it('each identity provider is described in a sentence', () => {
  const trust = { issuer: 'https://login.example', audience: 'app', userIdClaim: 'sub', outlivesSubject: false }
  const conversations = [{ name: 'a', role: 'guest', publish: [], subscribe: true }] as const
  const grants = ['x', 'y'].map((value) => ({ claim: 'groups', value, conversations }))
  const identityProviders = [trust, { ...trust, userIdClaim: 'email', grants, outlivesSubject: true }]
  expect(describePolicy({ ...DEFAULT_POLICY, identityProviders })).toEqual(
    expect.arrayContaining([
      'Tokens of https://login.example for the audience "app" are exchanged as the policy allows; the user id is the claim sub, and the access token never outlives them.',
      'Tokens of https://login.example for the audience "app" are exchanged if the claims groups grant access; the user id is the claim email, and the access token can outlive them.',
    ]),
  )
  expect(describePolicy(DEFAULT_POLICY)).toContain('No identity provider is trusted.')
})
