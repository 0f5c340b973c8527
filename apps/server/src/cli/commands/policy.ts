import { MAX_CLOCK_SKEW_SECONDS, MAX_TTL_SECONDS } from '@stagedoor/access-token'
import { MAX_CONTACTS_PER_CONVERSATION, PUBLICATIONS, ROLES } from '@stagedoor/protocol'
import { Command, InvalidArgumentError, Option } from 'commander'
import { describePolicy } from '../../policy/describe-policy.ts'
import {
  MAX_GRACE_SECONDS,
  MAX_MESSAGES_PER_SECOND,
  MAX_PER_MINUTE,
  MAX_SESSIONS_PER_USER,
  type Policy,
  policySchema,
} from '../../policy/policy.ts'
import { durationOption, parseDuration } from '../input/duration-option.ts'
import { parsePublications } from '../input/parse-publications.ts'
import { readInput } from '../input/read-input.ts'
import { parseWhole } from '../input/settings.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { examples } from '../output/examples.ts'
import { CliError, print } from '../output/print.ts'

interface SetSettings extends PlatformSettings {
  readonly requireToken?: boolean
  readonly allowAnyUser?: boolean
  readonly maxTtl?: number
  readonly audience?: string
  readonly clockSkew?: number
  readonly onExpiry?: Policy['onExpiry']
  readonly origins?: readonly string[] | 'any'
  readonly sessionsPerUser?: number | 'any'
  readonly beyond?: 'refuse' | 'close-oldest'
  readonly sessionsInConversation?: number
  readonly singleUse?: boolean
  readonly registrationsPerMinute?: number | 'any'
  readonly connectionAttemptsPerMinute?: number | 'any'
  readonly messagesPerSecond?: number
  readonly role?: Policy['permissions']['role']
  readonly publish?: readonly string[]
  readonly subscribe?: boolean
  readonly identityProviders?: string
}

export function policyCommand(): Command {
  const policy = new Command('policy').description(
    'the policy of an API key: which tokens, users and pages are admitted',
  )
  onPlatform(policy.command('show <api-key>')).description('show the policy of an API key').action(show)
  onPlatform(policy.command('set <api-key>'))
    .description('change a policy; other settings stay. Takes effect at once, for live sessions too')
    .addOption(new Option('--require-token', 'require a token to register'))
    .addOption(
      new Option('--no-require-token', 'allow registrations without a token, with any user id; for testing only'),
    )
    .addOption(new Option('--allow-any-user', 'accept tokens that are valid for any user id (ApiKey_Token)'))
    .addOption(new Option('--no-allow-any-user', 'refuse tokens that are valid for any user id'))
    .addOption(
      durationOption('--max-ttl <duration>', 'the longest lifetime of a token', {
        leastSeconds: 1,
        mostSeconds: MAX_TTL_SECONDS,
      }),
    )
    .option('--audience <audience>', 'the audience that the "aud" claim must equal or contain')
    .addOption(
      durationOption('--clock-skew <duration>', 'the tolerated clock difference', {
        leastSeconds: 0,
        mostSeconds: MAX_CLOCK_SKEW_SECONDS,
      }),
    )
    .option(
      '--on-expiry <what>',
      'when a token expires: disconnect, keep, or a grace period such as 30s (at most 1d)',
      parseOnExpiry,
    )
    .option('--origins <list>', 'the allowed origins of pages, separated by commas, or any', parseOrigins)
    .option(
      '--sessions-per-user <number>',
      'the maximum number of concurrent sessions of a user, or any',
      parseSessions,
    )
    .addOption(
      new Option('--beyond <what>', 'what happens beyond --sessions-per-user').choices(['refuse', 'close-oldest']),
    )
    .option(
      '--sessions-in-conversation <number>',
      'the maximum number of sessions of a user in one conversation',
      (text) => parseWhole(text, 1, MAX_CONTACTS_PER_CONVERSATION),
    )
    .addOption(new Option('--single-use', 'let each token open one session only'))
    .addOption(new Option('--no-single-use', 'let a token open any number of sessions until it expires'))
    .option(
      '--registrations-per-minute <number>',
      'the maximum number of registrations of a user per minute, or any',
      parsePerMinute,
    )
    .option(
      '--connection-attempts-per-minute <number>',
      'the maximum number of connection attempts from one address per minute, or any',
      parsePerMinute,
    )
    .option('--messages-per-second <number>', 'the maximum number of messages of a session per second', (text) =>
      parseWhole(text, 1, MAX_MESSAGES_PER_SECOND),
    )
    .addOption(new Option('--role <role>', 'the default role, if the token has none').choices(ROLES))
    .option(
      '--publish <list>',
      `what may be published by default: a list of ${PUBLICATIONS.join(', ')}, or none`,
      parsePublications,
    )
    .addOption(new Option('--subscribe', 'allow receiving streams by default'))
    .addOption(new Option('--no-subscribe', 'do not allow receiving streams by default'))
    .option(
      '--identity-providers <file>',
      'the identity providers whose tokens can be exchanged: a JSON list, - for standard input, or none',
    )
    .addHelpText(
      'after',
      examples(
        'policy set key_… --max-ttl 1h --on-expiry 30s',
        'policy set key_… --origins https://shop.example,https://www.shop.example',
        'policy set key_… --sessions-per-user 1 --beyond close-oldest',
        'policy set key_… --registrations-per-minute 30 --connection-attempts-per-minute 600',
        'policy set key_… --identity-providers providers.json',
      ),
    )
    .action(set)
  return policy
}

async function show(apiKey: string, settings: PlatformSettings): Promise<void> {
  const { policy } = await (await openPlatformClient(settings)).keys.find(apiKey)
  print(settings.json, policy, () => describePolicy(policy))
}

async function set(apiKey: string, settings: SetSettings): Promise<void> {
  const { keys } = await openPlatformClient(settings)
  const providers = await readProviders(settings)
  const policy = await keys.changePolicy(apiKey, (before) => applySettings(before, settings, providers))
  print(settings.json, policy, () => describePolicy(policy))
}

type Providers = 'none' | { readonly list: unknown } | undefined

async function readProviders({ identityProviders: file }: SetSettings): Promise<Providers> {
  if (file === undefined || file === 'none') return file
  const text = await readInput(file, 'the list of identity providers')
  try {
    return { list: JSON.parse(text) }
  } catch {
    throw new CliError(`--identity-providers: ${file === '-' ? 'standard input' : file} is not valid JSON`)
  }
}

function applySettings(before: Policy, settings: SetSettings, providers: Providers): Policy {
  const { maxTtl, clockSkew, role, publish, subscribe } = settings
  const { requireToken, allowAnyUser, audience, onExpiry, singleUse } = settings
  const permissions = { ...before.permissions, ...defined({ role, publish, subscribe }) }
  const plain = {
    requireToken,
    allowAnyUser,
    audience,
    onExpiry,
    singleUse,
    sessionsPerUserInConversation: settings.sessionsInConversation,
    maxTtlSeconds: maxTtl,
    clockSkewSeconds: clockSkew,
  }
  const reading = policySchema.safeParse({
    ...before,
    ...defined(plain),
    permissions,
    origins: settings.origins === 'any' ? undefined : (settings.origins ?? before.origins),
    sessionsPerUser: readSessions(before, settings),
    rateLimits: readRateLimits(before, settings),
    identityProviders: providers === 'none' ? undefined : (providers?.list ?? before.identityProviders),
  })
  if (reading.success) return reading.data
  const [issue] = reading.error.issues
  throw new CliError(`${issue?.path.join('.')}: ${issue?.message}`)
}

function readSessions(before: Policy, { sessionsPerUser, beyond }: SetSettings): Policy['sessionsPerUser'] {
  if (sessionsPerUser === 'any') return undefined
  const most = sessionsPerUser ?? before.sessionsPerUser?.most
  if (most === undefined) {
    if (beyond === undefined) return undefined
    throw new CliError('--beyond needs --sessions-per-user')
  }
  const chosen = beyond === 'close-oldest' ? 'close_oldest' : beyond
  return { most, beyond: chosen ?? before.sessionsPerUser?.beyond ?? 'refuse' }
}

function readRateLimits({ rateLimits }: Policy, settings: SetSettings): Policy['rateLimits'] {
  const { registrationsPerMinute, connectionAttemptsPerMinute, messagesPerSecond } = settings
  return {
    registrationsPerMinute: chosen(registrationsPerMinute, rateLimits.registrationsPerMinute),
    connectionAttemptsPerMinute: chosen(connectionAttemptsPerMinute, rateLimits.connectionAttemptsPerMinute),
    messagesPerSecond: messagesPerSecond ?? rateLimits.messagesPerSecond,
  }
}

function chosen(setting: number | 'any' | undefined, before: number | undefined): number | undefined {
  return setting === 'any' ? undefined : (setting ?? before)
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function parseOnExpiry(text: string): Policy['onExpiry'] {
  if (text === 'disconnect' || text === 'keep') return text
  return {
    graceSeconds: parseDuration(text, {
      leastSeconds: 1,
      mostSeconds: MAX_GRACE_SECONDS,
      words: ['disconnect', 'keep'],
    }),
  }
}

function parseOrigins(text: string): readonly string[] | 'any' {
  if (text === 'any') return 'any'
  const origins = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (origins.length === 0) throw new InvalidArgumentError('Expected origins separated by commas, or any.')
  return origins
}

function parseSessions(text: string): number | 'any' {
  return text === 'any' ? 'any' : parseWhole(text, 1, MAX_SESSIONS_PER_USER)
}

function parsePerMinute(text: string): number | 'any' {
  return text === 'any' ? 'any' : parseWhole(text, 1, MAX_PER_MINUTE)
}
