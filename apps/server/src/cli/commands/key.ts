import { Command } from 'commander'
import type { ApiKeyState } from '../../api-key/api-key.ts'
import { MAX_API_KEY_NAME_LENGTH } from '../../api-key/keys.ts'
import { commandLine } from '../../command-line.ts'
import { describePolicy } from '../../policy/describe-policy.ts'
import { DEFAULT_POLICY } from '../../policy/policy.ts'
import { confirm, yesOption } from '../input/confirm.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { examples } from '../output/examples.ts'
import { CliError, columns, dateOf, print, printList, withIsoTimes } from '../output/print.ts'

interface CreateSettings extends PlatformSettings {
  readonly name: string
  readonly id?: string
  readonly allowAnyUser: boolean
}

interface ConfirmedSettings extends PlatformSettings {
  readonly yes: boolean
}

export function keyCommand(): Command {
  const key = new Command('key').description('API keys, one for each application')
  onPlatform(key.command('create'))
    .description('create an API key and its first secret, which is shown only once')
    .option('--name <name>', 'the display name', 'My application')
    .option('--id <api-key>', 'use an existing API key, to keep accepting its tokens (default: a random one)')
    .option('--allow-any-user', 'accept tokens that are valid for any user id (ApiKey_Token)', false)
    .addHelpText(
      'after',
      examples(
        'key create --name "My shop"',
        'key create --name "My shop" --id my-old-api-key',
        'signing-key import my-old-api-key secret.txt',
      ),
    )
    .action(create)
  onPlatform(key.command('list')).description('list the API keys').action(list)
  onPlatform(key.command('show <api-key>')).description('show an API key and its policy').action(show)
  onPlatform(key.command('rename <api-key> <name>')).description('rename an API key').action(rename)
  onPlatform(key.command('disable <api-key>'))
    .description('disable an API key: refuse its registrations and end its sessions')
    .addOption(yesOption())
    .action(disable)
  onPlatform(key.command('enable <api-key>'))
    .description('enable a disabled API key')
    .action((apiKey: string, settings: PlatformSettings) => setState(apiKey, 'active', settings))
  onPlatform(key.command('delete <api-key>'))
    .description('permanently delete an API key and its secrets')
    .addOption(yesOption())
    .action(remove)
  return key
}

async function create(settings: CreateSettings): Promise<void> {
  const { allowAnyUser } = settings
  const name = readName(settings.name)
  const policy = { ...DEFAULT_POLICY, allowAnyUser }
  const client = await openPlatformClient(settings)
  const { apiKey, keyId, secret } = await client.keys.create({ name, policy, apiKey: settings.id })
  print(settings.json, { apiKey, name, allowAnyUser, keyId, secret }, () => [
    `API key  ${apiKey}`,
    `Secret   ${secret}`,
    `Key id   ${keyId}`,
    '',
    'Copy the secret to your back end now. It is not shown again. To create an access token:',
    `  ${commandLine(`token create ${apiKey} --user alice`)}`,
  ])
}

async function list(settings: PlatformSettings): Promise<void> {
  const apiKeys = await (await openPlatformClient(settings)).keys.list()
  const rows = apiKeys.map(({ apiKey, name, state, createdAt }) => ({ apiKey, name, state, createdAt }))
  printList(settings.json, { items: rows }, () => {
    if (rows.length === 0) return [`No API keys yet. Create one: ${commandLine('key create --name "My shop"')}`]
    return columns([
      ['API KEY', 'NAME', 'STATE', 'CREATED'],
      ...rows.map((row) => [row.apiKey, row.name, row.state, dateOf(row.createdAt)]),
    ])
  })
}

async function show(apiKey: string, settings: PlatformSettings): Promise<void> {
  const { name, state, createdAt, policy } = await (await openPlatformClient(settings)).keys.find(apiKey)
  print(settings.json, withIsoTimes({ apiKey, name, state, createdAt, policy }), () => [
    ...columns([
      ['API key', apiKey],
      ['Name', name],
      ['State', state],
      ['Created', dateOf(createdAt)],
    ]),
    '',
    'Policy',
    ...describePolicy(policy).map((sentence) => `  ${sentence}`),
  ])
}

async function rename(apiKey: string, given: string, settings: PlatformSettings): Promise<void> {
  const name = readName(given)
  await (await openPlatformClient(settings)).keys.change(apiKey, { name })
  print(settings.json, { apiKey, name }, () => [`Renamed ${apiKey} to ${name}.`])
}

async function setState(apiKey: string, state: ApiKeyState, settings: PlatformSettings): Promise<void> {
  await (await openPlatformClient(settings)).keys.change(apiKey, { state })
  print(settings.json, { apiKey, state }, () => [
    state === 'active' ? `Enabled ${apiKey}.` : `Disabled ${apiKey}. Its sessions end now and new ones are refused.`,
  ])
}

async function disable(apiKey: string, settings: ConfirmedSettings): Promise<void> {
  const { keys } = await openPlatformClient(settings)
  await confirm(async () => {
    await keys.find(apiKey)
    const sessions = sessionsInWords(await keys.countSessions(apiKey))
    return `${apiKey} has ${sessions}. Disabling it ends them and refuses every token.`
  }, settings)
  await setState(apiKey, 'disabled', settings)
}

async function remove(apiKey: string, settings: ConfirmedSettings): Promise<void> {
  const { keys, signingKeys } = await openPlatformClient(settings)
  await confirm(async () => {
    const active = (await signingKeys.list(apiKey)).filter(({ state }) => state !== 'retired').length
    const sessions = sessionsInWords(await keys.countSessions(apiKey))
    return (
      `${apiKey} has ${active} active signing key${active === 1 ? '' : 's'} and ${sessions}. ` +
      'Deleting it refuses every token and ends its sessions, and cannot be undone.'
    )
  }, settings)
  await keys.delete(apiKey)
  print(settings.json, { apiKey, state: 'deleted' }, () => [`Deleted ${apiKey}. Its sessions end now.`])
}

function sessionsInWords(count: number | undefined): string {
  if (count === undefined) return 'an unknown number of sessions (no server runs)'
  return `${count} live session${count === 1 ? '' : 's'}`
}

function readName(given: string): string {
  const name = given.trim()
  if (name !== '' && name.length <= MAX_API_KEY_NAME_LENGTH) return name
  throw new CliError(`The name of an API key must have 1 to ${MAX_API_KEY_NAME_LENGTH} characters`)
}
