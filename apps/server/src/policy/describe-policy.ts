import { formatDurationInWords } from '../format-duration.ts'
import type { Policy } from './policy.ts'

/** Says a policy in sentences, one for each decision. */
export function describePolicy(policy: Policy): string[] {
  const { permissions, origins } = policy
  const publish = permissions.publish.length === 0 ? 'nothing' : permissions.publish.join(', ')
  return [
    policy.requireToken
      ? 'Nobody is let in without a token.'
      : 'Whoever has no token is let in under the user id that they say.',
    `Tokens live ${formatDurationInWords(policy.maxTtlSeconds)} at most, and are for the audience ${JSON.stringify(policy.audience)}.`,
    policy.allowAnyUser ? 'Tokens for any user id are admitted.' : 'Tokens for any user id are refused.',
    policy.singleUse ? 'A token opens one session.' : 'A token opens sessions for as long as it lives.',
    describeExpiry(policy),
    `Clocks may differ by ${formatDurationInWords(policy.clockSkewSeconds)}.`,
    origins === undefined
      ? 'Pages of every origin are let in.'
      : `Pages of ${origins.join(', ')} are let in, and no others.`,
    describeSessions(policy),
    `A user may be in one conversation with ${count(policy.sessionsPerUserInConversation, 'session')}.`,
    ...describeRates(policy),
    `Where a token does not say: ${permissions.role}, may publish ${publish}, ${permissions.subscribe ? 'may' : 'may not'} subscribe.`,
    ...describeProviders(policy),
  ]
}

function describeExpiry({ onExpiry }: Policy): string {
  if (onExpiry === 'keep') return 'A session outlives its token.'
  if (onExpiry === 'disconnect') return 'A session ends with its token unless it is renewed.'
  return `A session ends ${formatDurationInWords(onExpiry.graceSeconds)} after its token unless it is renewed.`
}

function describeSessions({ sessionsPerUser }: Policy): string {
  if (sessionsPerUser === undefined) return 'A user may have any number of sessions.'
  const { most, beyond } = sessionsPerUser
  return `A user may have ${count(most, 'session')} at a time; one more ${beyond === 'refuse' ? 'is refused' : 'closes the oldest'}.`
}

function describeRates({
  rateLimits: { registrationsPerMinute, connectionAttemptsPerMinute, messagesPerSecond },
}: Policy): string[] {
  const registrations = registrationsPerMinute === undefined ? 'as often as they like' : times(registrationsPerMinute)
  const attempts =
    connectionAttemptsPerMinute === undefined ? 'as often as it likes' : times(connectionAttemptsPerMinute)
  return [
    `A user may register ${registrations}; one address may knock ${attempts}.`,
    `A session may send ${count(messagesPerSecond, 'message')} a second.`,
  ]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function times(count: number): string {
  return count === 1 ? 'once a minute' : `${count} times a minute`
}

function describeProviders({ identityProviders }: Policy): string[] {
  if (identityProviders === undefined) return ['Tokens of no identity provider are exchanged.']
  return identityProviders.map(({ issuer, audience, userIdClaim, grants, outlivesSubject }) => {
    const claims = [...new Set(grants?.map(({ claim }) => claim))].join(', ')
    const what = grants === undefined ? 'as the policy allows' : `as the claims ${claims} grant it, and to nobody else`
    return (
      `Tokens of ${issuer} for the audience ${JSON.stringify(audience)} are exchanged ${what}; ` +
      `the user id is the claim ${userIdClaim}, and what is given ${outlivesSubject ? 'may outlive' : 'never outlives'} them.`
    )
  })
}
