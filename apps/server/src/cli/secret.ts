import { Command, Option } from 'commander'
import { MAX_SIGNING_KEYS, type SecretToImport } from '../api-key/add-signing-key.ts'
import { HMAC_ALGORITHMS } from '../api-key/judge-secret.ts'
import { whyNotAsked } from '../outbound/why-not-asked.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { columns, dateOf, print, warn } from './output.ts'
import type { GivenSigningKey, ShownSigningKey } from './platform-client.ts'
import { readInput } from './read-input.ts'
import { addRetireCommands } from './secret-retire.ts'

interface NamedSettings extends PlatformSettings {
  readonly keyId?: string
}

interface ImportSettings extends NamedSettings {
  readonly algorithm?: SecretToImport['algorithm']
}

const KEY_ID = ['--key-id <key-id>', 'what tokens name it by ("kid")'] as const

export function secretCommand(): Command {
  const secret = new Command('secret').description('what signs the tokens of an API key: secrets, and public keys')
  onPlatform(secret.command('create <api-key>'))
    .description('make another secret, which is shown this once; the others stay in force')
    .addHelpText('after', `\nAn API key has ${MAX_SIGNING_KEYS} keys in force at the most.`)
    .action(create)
  onPlatform(secret.command('import <api-key> [file]'))
    .description('take in a secret that was made elsewhere, such as your present one: from the file or standard input')
    .option(...KEY_ID)
    .addOption(new Option('--algorithm <algorithm>', 'what it signs with').choices(HMAC_ALGORITHMS).default('HS256'))
    .addHelpText(
      'after',
      '\nIt is taken as it is, and never decoded from base64 or hex. A weak one is refused.\n' +
        '\nExamples:\n  $ stagedoor secret import key_… secret.txt\n  $ pass show shop/secret | stagedoor secret import key_…',
    )
    .action(importFrom)
  onPlatform(secret.command('add-public-key <api-key> [file]'))
    .description('register a public key (PEM or JWK): your back end signs with the private one, and nobody else has it')
    .option(...KEY_ID)
    .addHelpText(
      'after',
      '\nRSA from 2048 bits (RS256), P-256 (ES256) or Ed25519 (EdDSA).\n' +
        '\nExample:\n  $ openssl genpkey -algorithm ed25519 -out private.pem\n' +
        '  $ openssl pkey -in private.pem -pubout | stagedoor secret add-public-key key_… --key-id shop-1',
    )
    .action(addPublic)
  onPlatform(secret.command('add-key-set <api-key> <url>'))
    .description('register an address where public keys are published (JWKS); tokens name the key of it by "kid"')
    .option('--key-id <key-id>', 'what to call it here')
    .addHelpText(
      'after',
      '\nExample:\n  $ stagedoor secret add-key-set key_… https://login.example/.well-known/jwks.json',
    )
    .action(addSet)
  onPlatform(secret.command('list <api-key>'))
    .description('list the keys with their state and use, without what is secret of them')
    .action(list)
  addRetireCommands(secret)
  return secret
}

async function create(apiKey: string, settings: PlatformSettings): Promise<void> {
  const { keyId, secret } = await (await openPlatformClient(settings)).signingKeys.create(apiKey)
  print(settings.json, { apiKey, keyId, secret }, () => [
    `Secret   ${secret}`,
    `Key id   ${keyId}`,
    '',
    'Keep the secret in your back end; it is not shown again. When nothing signs with the old one any more:',
    `  stagedoor secret list ${apiKey}`,
    `  stagedoor secret retire ${apiKey} <key id>`,
  ])
}

async function importFrom(apiKey: string, file: string | undefined, settings: ImportSettings): Promise<void> {
  const { keyId, algorithm } = settings
  const secret = await readInput(file, 'the secret')
  const key = await add(apiKey, { kind: 'imported_secret', secret, algorithm, keyId }, settings)
  print(settings.json, key, () => [`Its tokens (${key.algorithm}) are admitted now. Key id: ${key.keyId}`])
}

async function addPublic(apiKey: string, file: string | undefined, settings: NamedSettings): Promise<void> {
  const publicKey = await readInput(file, 'the public key')
  const key = await add(apiKey, { kind: 'public_key', publicKey, keyId: settings.keyId }, settings)
  print(settings.json, key, () => [
    `Tokens that are signed with its private half (${key.algorithm}) are admitted now. Key id: ${key.keyId}`,
  ])
}

async function addSet(apiKey: string, url: string, settings: NamedSettings): Promise<void> {
  const key = await add(apiKey, { kind: 'key_set', url, keyId: settings.keyId }, settings)
  print(settings.json, key, () => [
    'Tokens that are signed with a key that is published there are admitted now.',
    `It is fetched when the first of them comes. Key id: ${key.keyId}`,
  ])
  const why = whyNotAsked(url, false)
  if (why !== undefined) warn(why)
}

async function list(apiKey: string, settings: PlatformSettings): Promise<void> {
  const rows = await (await openPlatformClient(settings)).signingKeys.list(apiKey)
  print(settings.json, rows, () =>
    columns([
      ['KEY ID', 'KIND', 'ALGORITHM', 'STATE', 'CREATED', 'RETIRES', 'LAST USED', 'SESSIONS'],
      ...rows.map((row) => [
        row.keyId,
        row.kind.replace('_', ' '),
        row.algorithm ?? 'as published',
        row.state,
        dateOf(row.createdAt),
        row.retiresAt === undefined ? '' : dateOf(row.retiresAt),
        row.lastUsedAt === undefined ? 'never' : dateOf(Math.floor(row.lastUsedAt)),
        row.sessions === undefined ? '?' : String(row.sessions),
      ]),
    ]),
  )
}

async function add(apiKey: string, given: GivenSigningKey, settings: PlatformSettings): Promise<ShownSigningKey> {
  return (await openPlatformClient(settings)).signingKeys.add(apiKey, given)
}
