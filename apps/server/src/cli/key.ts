import { Command } from 'commander'
import type { ApiKeyState } from '../keyring/api-key.ts'
import type { ApiKeyChange } from '../keyring/key-store.ts'
import { changeApiKey, createApiKey, deleteApiKey, MAX_API_KEY_NAME_LENGTH } from '../keyring/keys.ts'
import { requireApiKey } from '../keyring/office.ts'
import { DEFAULT_POLICY } from '../keyring/policy.ts'
import { isInForce } from '../keyring/signing-key.ts'
import { askServerIfAny } from './ask-server.ts'
import { CliError, columns, dateOf, print } from './output.ts'
import { onStore, type StoreSettings, withChange, withStore } from './settings.ts'

interface CreateSettings extends StoreSettings {
  readonly name: string
  readonly allowAnyUser: boolean
}

interface DeleteSettings extends StoreSettings {
  readonly yes: boolean
}

export function keyCommand(): Command {
  const key = new Command('key').description('API keys: one for each application')
  onStore(key.command('create'))
    .description('make an API key and its first secret, which is shown this once')
    .option('--name <name>', 'what to call it', 'My application')
    .option('--allow-any-user', 'admit tokens for any user id (ApiKey_Token)', false)
    .addHelpText('after', '\nExample:\n  $ stagedoor key create --name "My shop"')
    .action(create)
  onStore(key.command('list')).description('list the API keys').action(list)
  onStore(key.command('rename <api-key> <name>')).description('call an API key something else').action(rename)
  onStore(key.command('disable <api-key>'))
    .description('admit nobody under an API key, and end the sessions that there are')
    .action((apiKey: string, settings: StoreSettings) => setState(apiKey, 'disabled', settings))
  onStore(key.command('enable <api-key>'))
    .description('admit again under an API key that was disabled')
    .action((apiKey: string, settings: StoreSettings) => setState(apiKey, 'active', settings))
  onStore(key.command('delete <api-key>'))
    .description('delete an API key with its secrets, for good; without --yes it says what depends on it')
    .option('--yes', 'do it', false)
    .action(remove)
  return key
}

async function create(settings: CreateSettings): Promise<void> {
  const { allowAnyUser } = settings
  const name = readName(settings.name)
  const policy = { ...DEFAULT_POLICY, allowAnyUser }
  const { secret: made } = await withChange(settings, async (office, note) => {
    const created = await createApiKey(office, { name, policy })
    note({ action: 'api_key.created', apiKey: created.apiKey.apiKey, after: created.apiKey })
    return created
  })
  const { apiKey, keyId, secret } = made
  print(settings.json, { apiKey, name, allowAnyUser, keyId, secret }, () => [
    `API key  ${apiKey}`,
    `Secret   ${secret}`,
    `Key id   ${keyId}`,
    '',
    'Keep the secret in your back end; it is not shown again. To try it:',
    `  stagedoor token create ${apiKey} --user alice`,
  ])
}

async function list(settings: StoreSettings): Promise<void> {
  const apiKeys = await withStore(settings, ({ store }) => store.listApiKeys())
  const rows = apiKeys.map(({ apiKey, name, state, createdAt }) => ({ apiKey, name, state, createdAt }))
  print(settings.json, rows, () => {
    if (rows.length === 0) return ['There is no API key yet. Make one: stagedoor key create --name "My shop"']
    return columns([
      ['API KEY', 'NAME', 'STATE', 'CREATED'],
      ...rows.map((row) => [row.apiKey, row.name, row.state, dateOf(row.createdAt)]),
    ])
  })
}

async function rename(apiKey: string, given: string, settings: StoreSettings): Promise<void> {
  const name = readName(given)
  await change(apiKey, { name }, settings)
  print(settings.json, { apiKey, name }, () => [`${apiKey} is called ${name} now.`])
}

async function setState(apiKey: string, state: ApiKeyState, settings: StoreSettings): Promise<void> {
  await change(apiKey, { state }, settings)
  print(settings.json, { apiKey, state }, () => [
    state === 'active' ? `${apiKey} admits again.` : `${apiKey} admits nobody from now on, and its sessions end.`,
  ])
}

async function remove(apiKey: string, settings: DeleteSettings): Promise<void> {
  if (!settings.yes) {
    const inForce = await withStore(settings, async ({ store, now }) => {
      await requireApiKey(store, apiKey)
      return (await store.listSigningKeys(apiKey)).filter((key) => isInForce(key, now()))
    })
    const sessions = await countSessions(settings.data, apiKey)
    throw new CliError(
      `${apiKey} has ${inForce.length} key${inForce.length === 1 ? '' : 's'} in force and ${sessions}; every token ` +
        'would be refused, and its sessions would end. There is no way back. To do it: add --yes',
    )
  }
  await withChange(settings, async (office, note) => {
    const before = await requireApiKey(office.store, apiKey)
    await deleteApiKey(office, apiKey)
    note({ action: 'api_key.deleted', apiKey, before })
  })
  print(settings.json, { apiKey, state: 'deleted' }, () => [`${apiKey} is deleted, and its sessions end.`])
}

function change(apiKey: string, what: ApiKeyChange, settings: StoreSettings): Promise<void> {
  return withChange(settings, async (office, note) => {
    const before = await requireApiKey(office.store, apiKey)
    await changeApiKey(office, apiKey, what)
    note({ action: 'api_key.changed', apiKey, before, after: { ...before, ...what } })
  })
}

async function countSessions(data: string, apiKey: string): Promise<string> {
  const live = await askServerIfAny(data, 'list_sessions', { apiKey, limit: 1 })
  if (live === undefined) return 'sessions that only a running server could count'
  return `${live.total} live session${live.total === 1 ? '' : 's'}`
}

function readName(given: string): string {
  const name = given.trim()
  if (name !== '' && name.length <= MAX_API_KEY_NAME_LENGTH) return name
  throw new CliError(`The name of an API key has 1 to ${MAX_API_KEY_NAME_LENGTH} characters`)
}
