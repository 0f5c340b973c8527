import { formatDurationInWords } from '../format-duration.ts'
import type { Policy } from './policy.ts'

/** Describes a policy in sentences, one for each setting. */
export function describePolicy(policy: Policy): string[] {
  const { permissions, origins } = policy
  const publish = permissions.publish.length === 0 ? 'nothing' : permissions.publish.join(', ')
  return [
    policy.requireToken
      ? 'A token is required.'
      : 'No token is required: clients without one can register as any user.',
    `Tokens are valid for at most ${formatDurationInWords(policy.maxTtlSeconds)}, for the audience ${JSON.stringify(policy.audience)}.`,
    policy.allowAnyUser ? 'Tokens for any user id are accepted.' : 'Tokens for any user id are refused.',
    policy.singleUse ? 'Each token opens one session.' : 'A token can open several sessions until it expires.',
    describeExpiry(policy),
    `Clocks can differ by ${formatDurationInWords(policy.clockSkewSeconds)}.`,
    origins === undefined ? 'Pages of any origin can connect.' : `Only pages of ${origins.join(', ')} can connect.`,
    describeSessions(policy),
    `A user can have ${count(policy.sessionsPerUserInConversation, 'session')} in one conversation.`,
    ...describeRates(policy),
    `Tokens without grants: ${permissions.role}, can publish ${publish}, ${permissions.subscribe ? 'can' : 'cannot'} subscribe.`,
    ...describeProviders(policy),
  ]
}

function describeExpiry({ onExpiry }: Policy): string {
  if (onExpiry === 'keep') return 'A session continues after its token expires.'
  if (onExpiry === 'disconnect') return 'A session is closed when its token expires, unless it is renewed.'
  return `A session is closed ${formatDurationInWords(onExpiry.graceSeconds)} after its token expires, unless it is renewed.`
}

function describeSessions({ sessionsPerUser }: Policy): string {
  if (sessionsPerUser === undefined) return 'A user can have any number of sessions.'
  const { most, beyond } = sessionsPerUser
  return `A user can have ${count(most, 'session')}; another one ${beyond === 'refuse' ? 'is refused' : 'closes the oldest'}.`
}

function describeRates({
  rateLimits: { registrationsPerMinute, connectionAttemptsPerMinute, messagesPerSecond },
}: Policy): string[] {
  return [
    `A user can make ${perMinute(registrationsPerMinute, 'registration')}.`,
    `An address can make ${perMinute(connectionAttemptsPerMinute, 'connection attempt')}.`,
    `A session can send ${count(messagesPerSecond, 'message')} per second.`,
  ]
}

function perMinute(most: number | undefined, noun: string): string {
  return most === undefined ? `any number of ${noun}s` : `${count(most, noun)} per minute`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function describeProviders({ identityProviders }: Policy): string[] {
  if (identityProviders === undefined) return ['No identity provider is trusted.']
  return identityProviders.map(({ issuer, audience, userIdClaim, grants, outlivesSubject }) => {
    const claims = [...new Set(grants?.map(({ claim }) => claim))].join(', ')
    const what = grants === undefined ? 'as the policy allows' : `if the claims ${claims} grant access`
    return (
      `Tokens of ${issuer} for the audience ${JSON.stringify(audience)} are exchanged ${what}; ` +
      `the user id is the claim ${userIdClaim}, and the access token ${outlivesSubject ? 'can outlive' : 'never outlives'} them.`
    )
  })
}
