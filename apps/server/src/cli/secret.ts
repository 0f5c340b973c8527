import { Command } from 'commander'
import { createSecret, requireApiKey, retireSecret } from '../keyring/keys.ts'
import { columns, dateOf, print } from './output.ts'
import { onStore, type StoreSettings, withStore } from './settings.ts'

export function secretCommand(): Command {
  const secret = new Command('secret').description('secrets of an API key: tokens are signed with one')
  onStore(secret.command('create <api-key>'))
    .description('make another secret, which is shown this once; the others stay in force')
    .action(create)
  onStore(secret.command('list <api-key>')).description('list the secrets, without what is secret of them').action(list)
  onStore(secret.command('retire <api-key> <key-id>'))
    .description('admit no more tokens that this secret signs; sessions that are open stay open')
    .action(retire)
  return secret
}

async function create(apiKey: string, settings: StoreSettings): Promise<void> {
  const { keyId, secret } = await withStore(settings, (office) => createSecret(office, apiKey))
  print(settings.json, { apiKey, keyId, secret }, () => [
    `Secret   ${secret}`,
    `Key id   ${keyId}`,
    '',
    'Keep the secret in your back end; it is not shown again. When nothing signs with the old one any more:',
    `  stagedoor secret list ${apiKey}`,
    `  stagedoor secret retire ${apiKey} <key id>`,
  ])
}

async function list(apiKey: string, settings: StoreSettings): Promise<void> {
  const secrets = await withStore(settings, async ({ store }) => {
    await requireApiKey(store, apiKey)
    return store.listSecrets(apiKey)
  })
  const rows = secrets.map(({ keyId, algorithm, state, createdAt, retiredAt }) => ({
    keyId,
    algorithm,
    state,
    createdAt,
    retiredAt,
  }))
  print(settings.json, rows, () =>
    columns([
      ['KEY ID', 'ALGORITHM', 'STATE', 'CREATED', 'RETIRED'],
      ...rows.map((row) => [
        row.keyId,
        row.algorithm,
        row.state,
        dateOf(row.createdAt),
        row.retiredAt === undefined ? '' : dateOf(row.retiredAt),
      ]),
    ]),
  )
}

async function retire(apiKey: string, keyId: string, settings: StoreSettings): Promise<void> {
  await withStore(settings, (office) => retireSecret(office, apiKey, keyId))
  print(settings.json, { apiKey, keyId, state: 'retired' }, () => [`${keyId} is retired: its tokens are refused now.`])
}
