import { Command, Option } from 'commander'
import { createApiKey, MAX_API_KEY_NAME_LENGTH, setPolicy } from '../keyring/keys.ts'
import { CliError, columns, dateOf, print } from './output.ts'
import { onStore, type StoreSettings, withStore } from './settings.ts'

interface CreateSettings extends StoreSettings {
  readonly name: string
  readonly allowAnyUser: boolean
  readonly json: boolean
}

interface UpdateSettings extends StoreSettings {
  readonly allowAnyUser?: boolean
  readonly json: boolean
}

interface ListSettings extends StoreSettings {
  readonly json: boolean
}

export function keyCommand(): Command {
  const key = new Command('key').description('API keys: one for each application')
  onStore(key.command('create'))
    .description('make an API key and its first secret, which is shown this once')
    .option('--name <name>', 'what to call it', 'My application')
    .option('--allow-any-user', 'admit tokens for any user id (ApiKey_Token)', false)
    .addHelpText('after', '\nExample:\n  $ stagedoor key create --name "My shop"')
    .action(create)
  onStore(key.command('update <api-key>'))
    .description('change who is admitted under an API key, from the next registration on')
    .addOption(new Option('--allow-any-user', 'admit tokens for any user id (ApiKey_Token)'))
    .addOption(new Option('--no-allow-any-user', 'refuse them'))
    .action(update)
  onStore(key.command('list')).description('list the API keys').action(list)
  return key
}

async function create(settings: CreateSettings): Promise<void> {
  const name = settings.name.trim()
  if (name === '' || name.length > MAX_API_KEY_NAME_LENGTH) {
    throw new CliError(`--name takes 1 to ${MAX_API_KEY_NAME_LENGTH} characters`)
  }
  const made = await withStore(settings, (office) =>
    createApiKey(office, { name, allowAnyUser: settings.allowAnyUser }),
  )
  const { apiKey, keyId, secret } = made.secret
  print(settings.json, { apiKey, name, allowAnyUser: settings.allowAnyUser, keyId, secret }, () => [
    `API key  ${apiKey}`,
    `Secret   ${secret}`,
    `Key id   ${keyId}`,
    '',
    'Keep the secret in your back end; it is not shown again. To try it:',
    `  stagedoor token create ${apiKey} --user alice`,
  ])
}

async function update(apiKey: string, settings: UpdateSettings): Promise<void> {
  const { allowAnyUser } = settings
  if (allowAnyUser === undefined) throw new CliError('Give --allow-any-user or --no-allow-any-user')
  await withStore(settings, (office) => setPolicy(office, apiKey, { allowAnyUser }))
  print(settings.json, { apiKey, allowAnyUser }, () => [
    `${apiKey} ${allowAnyUser ? 'admits' : 'refuses'} tokens for any user id from now on.`,
  ])
}

async function list(settings: ListSettings): Promise<void> {
  const apiKeys = await withStore(settings, ({ store }) => store.listApiKeys())
  const rows = apiKeys.map(({ apiKey, name, policy, createdAt }) => ({
    apiKey,
    name,
    allowAnyUser: policy.allowAnyUser,
    createdAt,
  }))
  print(settings.json, rows, () => {
    if (rows.length === 0) return ['There is no API key yet. Make one: stagedoor key create --name "My shop"']
    return columns([
      ['API KEY', 'NAME', 'ANY USER', 'CREATED'],
      ...rows.map((row) => [row.apiKey, row.name, row.allowAnyUser ? 'yes' : 'no', dateOf(row.createdAt)]),
    ])
  })
}
