import { Command } from 'commander'
import type { ApiKeyState } from '../api-key/api-key.ts'
import { MAX_API_KEY_NAME_LENGTH } from '../api-key/keys.ts'
import { DEFAULT_POLICY } from '../policy/policy.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { CliError, columns, dateOf, print } from './output.ts'

interface CreateSettings extends PlatformSettings {
  readonly name: string
  readonly id?: string
  readonly allowAnyUser: boolean
}

interface DeleteSettings extends PlatformSettings {
  readonly yes: boolean
}

export function keyCommand(): Command {
  const key = new Command('key').description('API keys: one for each application')
  onPlatform(key.command('create'))
    .description('make an API key and its first secret, which is shown this once')
    .option('--name <name>', 'what to call it', 'My application')
    .option('--id <api-key>', 'an API key that was made elsewhere, to move in with its tokens (default: one is drawn)')
    .option('--allow-any-user', 'admit tokens for any user id (ApiKey_Token)', false)
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ stagedoor key create --name "My shop"\n' +
        '  $ stagedoor key create --name "My shop" --id my-old-api-key, and then: stagedoor secret import my-old-api-key',
    )
    .action(create)
  onPlatform(key.command('list')).description('list the API keys').action(list)
  onPlatform(key.command('rename <api-key> <name>')).description('call an API key something else').action(rename)
  onPlatform(key.command('disable <api-key>'))
    .description('admit nobody under an API key, and end the sessions that there are')
    .action((apiKey: string, settings: PlatformSettings) => setState(apiKey, 'disabled', settings))
  onPlatform(key.command('enable <api-key>'))
    .description('admit again under an API key that was disabled')
    .action((apiKey: string, settings: PlatformSettings) => setState(apiKey, 'active', settings))
  onPlatform(key.command('delete <api-key>'))
    .description('delete an API key with its secrets, for good; without --yes it says what depends on it')
    .option('--yes', 'do it', false)
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
    'Keep the secret in your back end; it is not shown again. To try it:',
    `  stagedoor token create ${apiKey} --user alice`,
  ])
}

async function list(settings: PlatformSettings): Promise<void> {
  const apiKeys = await (await openPlatformClient(settings)).keys.list()
  const rows = apiKeys.map(({ apiKey, name, state, createdAt }) => ({ apiKey, name, state, createdAt }))
  print(settings.json, rows, () => {
    if (rows.length === 0) return ['There is no API key yet. Make one: stagedoor key create --name "My shop"']
    return columns([
      ['API KEY', 'NAME', 'STATE', 'CREATED'],
      ...rows.map((row) => [row.apiKey, row.name, row.state, dateOf(row.createdAt)]),
    ])
  })
}

async function rename(apiKey: string, given: string, settings: PlatformSettings): Promise<void> {
  const name = readName(given)
  await (await openPlatformClient(settings)).keys.change(apiKey, { name })
  print(settings.json, { apiKey, name }, () => [`${apiKey} is called ${name} now.`])
}

async function setState(apiKey: string, state: ApiKeyState, settings: PlatformSettings): Promise<void> {
  await (await openPlatformClient(settings)).keys.change(apiKey, { state })
  print(settings.json, { apiKey, state }, () => [
    state === 'active' ? `${apiKey} admits again.` : `${apiKey} admits nobody from now on, and its sessions end.`,
  ])
}

async function remove(apiKey: string, settings: DeleteSettings): Promise<void> {
  const { keys, signingKeys } = await openPlatformClient(settings)
  if (!settings.yes) {
    const inForce = (await signingKeys.list(apiKey)).filter(({ state }) => state !== 'retired').length
    const sessions = sessionsInWords(await keys.countSessions(apiKey))
    throw new CliError(
      `${apiKey} has ${inForce} key${inForce === 1 ? '' : 's'} in force and ${sessions}; every token ` +
        'would be refused, and its sessions would end. There is no way back. To do it: add --yes',
    )
  }
  await keys.delete(apiKey)
  print(settings.json, { apiKey, state: 'deleted' }, () => [`${apiKey} is deleted, and its sessions end.`])
}

function sessionsInWords(count: number | undefined): string {
  if (count === undefined) return 'sessions that only a running server could count'
  return `${count} live session${count === 1 ? '' : 's'}`
}

function readName(given: string): string {
  const name = given.trim()
  if (name !== '' && name.length <= MAX_API_KEY_NAME_LENGTH) return name
  throw new CliError(`The name of an API key has 1 to ${MAX_API_KEY_NAME_LENGTH} characters`)
}
