import { expect, it } from 'vitest'
import { describePolicy } from './describe-policy.ts'
import { DEFAULT_POLICY } from './policy.ts'

it.each([
  [
    {},
    'A user may register as often as they like; one address may knock as often as it likes.',
    'A session may send 500 messages a second.',
  ],
  [
    { registrationsPerMinute: 30, connectionAttemptsPerMinute: 600, messagesPerSecond: 50 },
    'A user may register 30 times a minute; one address may knock 600 times a minute.',
    'A session may send 50 messages a second.',
  ],
  [
    { registrationsPerMinute: 1, connectionAttemptsPerMinute: 1, messagesPerSecond: 1 },
    'A user may register once a minute; one address may knock once a minute.',
    'A session may send 1 message a second.',
  ],
])('the rate limits %j are said in words', (rateLimits, ...sentences) => {
  const policy = { ...DEFAULT_POLICY, rateLimits: { ...DEFAULT_POLICY.rateLimits, ...rateLimits } }
  expect(describePolicy(policy)).toEqual(expect.arrayContaining(sentences))
})

it('the identity providers are said in words, each in a sentence', () => {
  const trust = { issuer: 'https://login.example', audience: 'app', userIdClaim: 'sub', outlivesSubject: false }
  const conversations = [{ name: 'a', role: 'guest', publish: [], subscribe: true }] as const
  const grants = ['x', 'y'].map((value) => ({ claim: 'groups', value, conversations }))
  const identityProviders = [trust, { ...trust, userIdClaim: 'email', grants, outlivesSubject: true }]
  expect(describePolicy({ ...DEFAULT_POLICY, identityProviders })).toEqual(
    expect.arrayContaining([
      'Tokens of https://login.example for the audience "app" are exchanged as the policy allows; the user id is the claim sub, and what is given never outlives them.',
      'Tokens of https://login.example for the audience "app" are exchanged as the claims groups grant it, and to nobody else; the user id is the claim email, and what is given may outlive them.',
    ]),
  )
  expect(describePolicy(DEFAULT_POLICY)).toContain('Tokens of no identity provider are exchanged.')
})
