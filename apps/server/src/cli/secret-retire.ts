import type { Command } from 'commander'
import { type KeyOffice, requireApiKey } from '../keyring/office.ts'
import { keepSigningKey, MAX_RETIRING_SECONDS, retireSigningKey } from '../keyring/retire-signing-key.ts'
import { isInForce, type SigningKey } from '../keyring/signing-key.ts'
import { describeKeyUse, findKeyUses, isInUse, type KeyUseNow } from './key-use.ts'
import { CliError, dateOf, print } from './output.ts'
import { onStore, parseSpan, type StoreSettings, withChange, withStore } from './settings.ts'

interface RetireSettings extends StoreSettings {
  readonly in: number
  readonly yes: boolean
}

export function addRetireCommands(secret: Command): void {
  onStore(secret.command('retire <api-key> <key-id>'))
    .description('admit no more tokens that this key signs, now or after a while; sessions that are open stay open')
    .option('--in <span>', 'after this long: 90s, 30min, 24h, 7d', (text) => parseSpan(text, MAX_RETIRING_SECONDS), 0)
    .option('--yes', 'now, even if it is in use', false)
    .addHelpText(
      'after',
      '\nIt says what would break. Tokens live 24 h at most, so with --in 24h nothing does once your back end has the new one.\n' +
        '\nExamples:\n  $ stagedoor secret retire key_… kid_… --in 24h\n  $ stagedoor secret keep key_… kid_…',
    )
    .action(retire)
  onStore(secret.command('keep <api-key> <key-id>'))
    .description('call off the end of a key that is retiring')
    .action(keep)
}

async function retire(apiKey: string, keyId: string, settings: RetireSettings): Promise<void> {
  const { data, in: inSeconds, yes } = settings
  const { keys, now } = await withStore(settings, (office) => listInForce(office, apiKey))
  // Not within the change: nobody else could change anything while the server is asked.
  const use = (await findKeyUses(data, apiKey, keys)).get(keyId)
  const key = keys.find((one) => one.keyId === keyId)
  if (key !== undefined && use !== undefined && inSeconds === 0 && !yes) requireSafe(keys, key, use, now)
  const retiresAt = await withChange(settings, async (office, note) => {
    const end = await retireSigningKey(office, apiKey, keyId, inSeconds)
    note({ action: 'signing_key.retired', apiKey, subject: keyId, after: { retiresAt: end } })
    return end
  })
  const state = inSeconds === 0 ? 'retired' : 'retiring'
  print(settings.json, { apiKey, keyId, state, retiresAt, ...use }, () => [
    inSeconds === 0
      ? `${keyId} is retired: its tokens are refused now.`
      : `${keyId} retires at ${dateOf(retiresAt)}; until then its tokens are admitted.`,
    `Its use: ${use && describeKeyUse(use, now)}.`,
    ...(inSeconds === 0 ? [] : [`To call it off: stagedoor secret keep ${apiKey} ${keyId}`]),
  ])
}

async function keep(apiKey: string, keyId: string, settings: StoreSettings): Promise<void> {
  await withChange(settings, async (office, note) => {
    await keepSigningKey(office, apiKey, keyId)
    note({ action: 'signing_key.kept', apiKey, subject: keyId })
  })
  print(settings.json, { apiKey, keyId, state: 'active' }, () => [`${keyId} stays in force.`])
}

async function listInForce({ store, now }: KeyOffice, apiKey: string) {
  await requireApiKey(store, apiKey)
  const keys = await store.listSigningKeys(apiKey)
  return { keys: keys.filter((key) => isInForce(key, now())), now: now() }
}

function requireSafe(keys: readonly SigningKey[], { apiKey, keyId }: SigningKey, use: KeyUseNow, now: number): void {
  const others = keys.filter((other) => other.keyId !== keyId && other.retiresAt === undefined)
  const reasons = [
    ...(isInUse(use, now) ? [`it is in use: ${describeKeyUse(use, now)}`] : []),
    ...(others.length === 0 ? [`${apiKey} has no other, so nobody could get in any more`] : []),
  ]
  if (reasons.length === 0) return
  throw new CliError(
    `${keyId} was not retired, since ${reasons.join(', and ')}. ` +
      'To give your back end the time to go over: --in 24h. To do it now: --yes',
  )
}
