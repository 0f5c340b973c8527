import { expect, it } from 'vitest'
import { DEFAULT_POLICY } from '../keyring/policy.ts'
import { describePolicy } from './describe-policy.ts'

it.each([
  [
    {},
    'A user may register as often as they like; one address may knock as often as it likes.',
    'A session may send 500 messages a second.',
  ],
  [
    { registrationsPerMinute: 30, knocksPerMinute: 600, messagesPerSecond: 50 },
    'A user may register 30 times a minute; one address may knock 600 times a minute.',
    'A session may send 50 messages a second.',
  ],
  [
    { registrationsPerMinute: 1, knocksPerMinute: 1, messagesPerSecond: 1 },
    'A user may register once a minute; one address may knock once a minute.',
    'A session may send 1 message a second.',
  ],
])('the rate limits %j are said in words', (rateLimits, ...sentences) => {
  const policy = { ...DEFAULT_POLICY, rateLimits: { ...DEFAULT_POLICY.rateLimits, ...rateLimits } }
  expect(describePolicy(policy)).toEqual(expect.arrayContaining(sentences))
})
