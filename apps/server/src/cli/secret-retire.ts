import type { Command } from 'commander'
import { isFollowed, isInUse } from '../api-key/key-advice.ts'
import { MAX_RETIRING_SECONDS } from '../api-key/retire-signing-key.ts'
import { describeKeyUse, type KeyUseNow } from './key-use.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { CliError, dateOf, print } from './output.ts'
import type { ShownSigningKey } from './platform-client.ts'
import { parseSpan } from './settings.ts'

interface RetireSettings extends PlatformSettings {
  readonly in: number
  readonly yes: boolean
}

export function addRetireCommands(secret: Command): void {
  onPlatform(secret.command('retire <api-key> <key-id>'))
    .description('admit no more tokens that this key signs, now or after a while; sessions that are open stay open')
    .option('--in <span>', 'after this long: 90s, 30min, 24h, 7d', (text) => parseSpan(text, MAX_RETIRING_SECONDS), 0)
    .option('--yes', 'now, even if it is in use', false)
    .addHelpText(
      'after',
      '\nIt says what would break. Tokens live 24 h at most, so with --in 24h nothing does once your back end has the new one.\n' +
        '\nExamples:\n  $ stagedoor secret retire key_… kid_… --in 24h\n  $ stagedoor secret keep key_… kid_…',
    )
    .action(retire)
  onPlatform(secret.command('keep <api-key> <key-id>'))
    .description('call off the end of a key that is retiring')
    .action(keep)
}

async function retire(apiKey: string, keyId: string, settings: RetireSettings): Promise<void> {
  const { in: inSeconds, yes } = settings
  const { signingKeys } = await openPlatformClient(settings)
  const now = Date.now() / 1000
  const keys = (await signingKeys.list(apiKey)).filter(({ state }) => state !== 'retired')
  const key = keys.find((one) => one.keyId === keyId)
  if (key !== undefined && inSeconds === 0 && !yes) requireSafe(keys, key, now)
  const retiresAt = await signingKeys.retire(apiKey, keyId, inSeconds)
  const state = inSeconds === 0 ? 'retired' : 'retiring'
  const use = key && { lastUsedAt: key.lastUsedAt, sessions: key.sessions }
  print(settings.json, { apiKey, keyId, state, retiresAt, ...use }, () => [
    inSeconds === 0
      ? `${keyId} is retired: its tokens are refused now.`
      : `${keyId} retires at ${dateOf(retiresAt)}; until then its tokens are admitted.`,
    `Its use: ${use && describeKeyUse(use, now)}.`,
    ...(inSeconds === 0 ? [] : [`To call it off: stagedoor secret keep ${apiKey} ${keyId}`]),
  ])
}

async function keep(apiKey: string, keyId: string, settings: PlatformSettings): Promise<void> {
  await (await openPlatformClient(settings)).signingKeys.keep(apiKey, keyId)
  print(settings.json, { apiKey, keyId, state: 'active' }, () => [`${keyId} stays in force.`])
}

function requireSafe(
  keys: readonly (ShownSigningKey & KeyUseNow)[],
  key: ShownSigningKey & KeyUseNow,
  now: number,
): void {
  const { apiKey, keyId } = key
  const others = keys.filter((other) => other.keyId !== keyId && other.retiresAt === undefined)
  const reasons = [
    ...(isInUse(key, now) ? [`it is in use: ${describeKeyUse(key, now)}`] : []),
    // One that was never used has nothing to be taken over from.
    ...(others.length > 0 && key.lastUsedAt !== undefined && !isFollowed(key, others)
      ? ['no other key was used after it, so your back end has not gone over to another yet']
      : []),
    ...(others.length === 0 ? [`${apiKey} has no other, so nobody could get in any more`] : []),
  ]
  if (reasons.length === 0) return
  throw new CliError(
    `${keyId} was not retired, since ${reasons.join(', and ')}. ` +
      'To give your back end the time to go over: --in 24h. To do it now: --yes',
  )
}
