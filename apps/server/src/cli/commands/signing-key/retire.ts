import type { Command } from 'commander'
import { isFollowed, isInUse } from '../../../api-key/key-advice.ts'
import { MAX_RETIRING_SECONDS } from '../../../api-key/retire-signing-key.ts'
import { commandLine } from '../../../command-line.ts'
import { confirm, yesOption } from '../../input/confirm.ts'
import { durationOption } from '../../input/duration-option.ts'
import { describeKeyUse, type KeyUseNow } from '../../local/key-use.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../../open-platform-client.ts'
import { examples } from '../../output/examples.ts'
import { dateOf, print, withIsoTimes } from '../../output/print.ts'
import type { ShownSigningKey } from '../../platform-client.ts'

interface RetireSettings extends PlatformSettings {
  readonly in: number
  readonly yes: boolean
}

export function addRetireCommands(signingKey: Command): void {
  onPlatform(signingKey.command('retire <api-key> <key-id>'))
    .description('stop accepting tokens signed with a key, now or later; open sessions stay open')
    .addOption(
      durationOption('--in <duration>', 'retire it after this long', {
        leastSeconds: 0,
        mostSeconds: MAX_RETIRING_SECONDS,
      }).default(0, 'now'),
    )
    .addOption(yesOption())
    .addHelpText(
      'after',
      '\nA key that is in use is only retired at once with --yes. Tokens are valid for at most 24 h, so with --in 24h no token\n' +
        'breaks once your back end signs with a new key.\n' +
        examples('signing-key retire key_… kid_… --in 24h', 'signing-key keep key_… kid_…'),
    )
    .action(retire)
  onPlatform(signingKey.command('keep <api-key> <key-id>'))
    .description('cancel the scheduled retirement of a key')
    .action(keep)
}

async function retire(apiKey: string, keyId: string, settings: RetireSettings): Promise<void> {
  const { in: inSeconds } = settings
  const { signingKeys } = await openPlatformClient(settings)
  const now = Date.now() / 1000
  const keys = (await signingKeys.list(apiKey)).filter(({ state }) => state !== 'retired')
  const key = keys.find((one) => one.keyId === keyId)
  if (key !== undefined && inSeconds === 0) await confirmUnlessSafe(keys, key, now, settings)
  const retiresAt = await signingKeys.retire(apiKey, keyId, inSeconds)
  const state = inSeconds === 0 ? 'retired' : 'retiring'
  const use = key && { lastUsedAt: key.lastUsedAt, sessions: key.sessions }
  print(settings.json, withIsoTimes({ apiKey, keyId, state, retiresAt, ...use }), () => [
    inSeconds === 0
      ? `Retired ${keyId}. Its tokens are refused from now on.`
      : `${keyId} retires at ${dateOf(retiresAt)}. Its tokens are accepted until then.`,
    `Usage: ${use && describeKeyUse(use, now)}.`,
    ...(inSeconds === 0 ? [] : [`To cancel: ${commandLine(`signing-key keep ${apiKey} ${keyId}`)}`]),
  ])
}

async function keep(apiKey: string, keyId: string, settings: PlatformSettings): Promise<void> {
  await (await openPlatformClient(settings)).signingKeys.keep(apiKey, keyId)
  print(settings.json, { apiKey, keyId, state: 'active' }, () => [`Canceled the retirement of ${keyId}.`])
}

/** Retiring a key that is in use would break the tokens of a back end that still signs with it. */
async function confirmUnlessSafe(
  keys: readonly (ShownSigningKey & KeyUseNow)[],
  key: ShownSigningKey & KeyUseNow,
  now: number,
  settings: RetireSettings,
): Promise<void> {
  const { apiKey, keyId } = key
  const others = keys.filter((other) => other.keyId !== keyId && other.retiresAt === undefined)
  const reasons = [
    ...(isInUse(key, now) ? [`it is in use (${describeKeyUse(key, now)})`] : []),
    // A key that was never used has no tokens that another key would have to replace.
    ...(others.length > 0 && key.lastUsedAt !== undefined && !isFollowed(key, others)
      ? ['your back end has not used another key since']
      : []),
    ...(others.length === 0 ? [`it is the only active key of ${apiKey}, so every token would be refused`] : []),
  ]
  if (reasons.length === 0) return
  await confirm(
    () =>
      `Retiring ${keyId} now is not safe: ${reasons.join(', and ')}. To give your back end time to switch, use --in 24h.`,
    settings,
  )
}
