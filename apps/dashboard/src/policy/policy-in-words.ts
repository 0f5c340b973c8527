import type { components } from '@stagedoor/admin'
import { durationInWords } from '../parts/in-words.ts'

type KeptPolicy = components['schemas']['ApiKey']['policy']

/** A policy as the platform keeps it, or as a form holds it: there, what is not decided may stand as undefined. */
export type Policy = Omit<KeptPolicy, 'origins' | 'sessionsPerUser'> & {
  readonly origins?: readonly string[] | undefined
  readonly sessionsPerUser?: KeptPolicy['sessionsPerUser'] | undefined
}

/** What a policy says, a sentence for each decision, the ones that matter most first. */
export function policyInWords(policy: Policy): readonly string[] {
  return [
    policy.requireToken
      ? 'Nobody comes in without a token.'
      : 'A token is not needed: whoever knows the API key comes in.',
    `Tokens live ${durationInWords(policy.maxTtlSeconds)} at most.`,
    expiryInWords(policy.onExpiry),
    policy.allowAnyUser ? 'A token for any user id is admitted.' : 'Wildcard user ids are refused.',
    originsInWords(policy.origins),
    sessionsInWords(policy.sessionsPerUser),
    policy.singleUse ? 'Each token opens one session at most.' : 'A token may open several sessions while it is valid.',
    limitsInWords(policy.rateLimits),
    `Clocks may differ by ${durationInWords(policy.clockSkewSeconds)}.`,
    `Tokens are for the audience “${policy.audience}”.`,
    permissionsInWords(policy.permissions),
  ]
}

function expiryInWords(onExpiry: Policy['onExpiry']): string {
  if (onExpiry === 'disconnect') return 'The session ends when its token does, unless it is renewed.'
  if (onExpiry === 'keep') return 'The session goes on after its token has ended.'
  return `The session goes on for ${durationInWords(onExpiry.graceSeconds)} after its token has ended.`
}

function originsInWords(origins: Policy['origins']): string {
  if (origins === undefined) return 'Pages of every origin are let in.'
  return `Only pages of ${origins.join(', ')} are let in.`
}

function sessionsInWords(sessions: Policy['sessionsPerUser']): string {
  if (sessions === undefined) return 'A user may have any number of sessions.'
  const most = `A user may have ${sessions.most} session${sessions.most === 1 ? '' : 's'} at a time`
  return sessions.beyond === 'refuse' ? `${most}; one more is refused.` : `${most}; one more closes the oldest.`
}

function limitsInWords({ registrationsPerMinute, knocksPerMinute, messagesPerSecond }: Policy['rateLimits']): string {
  const limits = [
    registrationsPerMinute !== undefined && `${registrationsPerMinute} new sessions of a user a minute`,
    knocksPerMinute !== undefined && `${knocksPerMinute} knocks from an address a minute`,
    `${messagesPerSecond} messages of a session a second`,
  ]
  return `At most ${limits.filter((limit) => limit !== false).join(', ')}.`
}

function permissionsInWords({ role, publish, subscribe }: Policy['permissions']): string {
  const publishing = publish.length === 0 ? 'publishes nothing' : `may publish ${publish.join(', ')}`
  const receiving = subscribe ? 'receives the others' : 'receives nobody'
  return `Where a token does not say, a user is a ${role}, ${publishing} and ${receiving}.`
}
