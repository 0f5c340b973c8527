import { Command, Option } from 'commander'
import { MAX_SIGNING_KEYS, type SecretToImport } from '../../../api-key/add-signing-key.ts'
import { HMAC_ALGORITHMS } from '../../../api-key/secret-weakness.ts'
import { commandLine } from '../../../command-line.ts'
import { whyNotAsked } from '../../../outbound/why-not-asked.ts'
import { readInput } from '../../input/read-input.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../../open-platform-client.ts'
import { examples } from '../../output/examples.ts'
import { columns, dateOf, print, printList, warn, withIsoTimes } from '../../output/print.ts'
import type { GivenSigningKey, ShownSigningKey } from '../../platform-client.ts'
import { addRetireCommands } from './retire.ts'

interface NamedSettings extends PlatformSettings {
  readonly keyId?: string
}

interface ImportSettings extends NamedSettings {
  readonly algorithm?: SecretToImport['algorithm']
}

const KEY_ID = ['--key-id <key-id>', 'the "kid" header of its tokens'] as const

export function signingKeyCommand(): Command {
  const signingKey = new Command('signing-key').description('signing keys of an API key: secrets and public keys')
  onPlatform(signingKey.command('create <api-key>'))
    .description('create another secret, which is shown only once; existing keys stay active')
    .addHelpText('after', `\nAn API key can have at most ${MAX_SIGNING_KEYS} active signing keys.`)
    .action(create)
  onPlatform(signingKey.command('import <api-key> [file]'))
    .description('import an existing secret from a file or standard input')
    .option(...KEY_ID)
    .addOption(
      new Option('--algorithm <algorithm>', 'the algorithm of its tokens').choices(HMAC_ALGORITHMS).default('HS256'),
    )
    .addHelpText(
      'after',
      '\nThe secret is used as it is, never decoded from base64 or hex. A weak secret is refused.\n' +
        `${examples('signing-key import key_… secret.txt')}\n  $ pass show shop/secret | ${commandLine('signing-key import key_…')}`,
    )
    .action(importFrom)
  onPlatform(signingKey.command('add-public-key <api-key> [file]'))
    .description('add a public key (PEM or JWK); only your back end has the private key')
    .option(...KEY_ID)
    .addHelpText(
      'after',
      '\nSupported: RSA of at least 2048 bits (RS256), P-256 (ES256) and Ed25519 (EdDSA).\n' +
        '\nExample:\n  $ openssl genpkey -algorithm ed25519 -out private.pem\n' +
        `  $ openssl pkey -in private.pem -pubout | ${commandLine('signing-key add-public-key key_… --key-id shop-1')}`,
    )
    .action(addPublic)
  onPlatform(signingKey.command('add-key-set <api-key> <url>'))
    .description('add a key set (JWKS) by its URL; tokens select the key by "kid"')
    .option('--key-id <key-id>', 'the id of the key set')
    .addHelpText('after', examples('signing-key add-key-set key_… https://login.example/.well-known/jwks.json'))
    .action(addSet)
  onPlatform(signingKey.command('list <api-key>'))
    .description('list the signing keys with their state and usage; secrets are not shown')
    .action(list)
  addRetireCommands(signingKey)
  return signingKey
}

async function create(apiKey: string, settings: PlatformSettings): Promise<void> {
  const { keyId, secret } = await (await openPlatformClient(settings)).signingKeys.create(apiKey)
  print(settings.json, { apiKey, keyId, secret }, () => [
    `Secret   ${secret}`,
    `Key id   ${keyId}`,
    '',
    'Copy the secret to your back end now. It is not shown again. When the old secret is no longer in use, retire it:',
    `  ${commandLine(`signing-key list ${apiKey}`)}`,
    `  ${commandLine(`signing-key retire ${apiKey} <key id>`)}`,
  ])
}

async function importFrom(apiKey: string, file: string | undefined, settings: ImportSettings): Promise<void> {
  const { keyId, algorithm } = settings
  const secret = await readInput(file, 'the secret')
  const key = await add(apiKey, { kind: 'imported_secret', secret, algorithm, keyId }, settings)
  print(settings.json, withIsoTimes(key), () => [
    `Imported the secret as ${key.keyId}. Its tokens (${key.algorithm}) are accepted now.`,
  ])
}

async function addPublic(apiKey: string, file: string | undefined, settings: NamedSettings): Promise<void> {
  const publicKey = await readInput(file, 'the public key')
  const key = await add(apiKey, { kind: 'public_key', publicKey, keyId: settings.keyId }, settings)
  print(settings.json, withIsoTimes(key), () => [
    `Added the public key as ${key.keyId}. Tokens signed with its private key (${key.algorithm}) are accepted now.`,
  ])
}

async function addSet(apiKey: string, url: string, settings: NamedSettings): Promise<void> {
  const key = await add(apiKey, { kind: 'key_set', url, keyId: settings.keyId }, settings)
  print(settings.json, withIsoTimes(key), () => [
    `Added the key set as ${key.keyId}. Tokens signed with a key in it are accepted now.`,
    'It is fetched when the first of these tokens is presented.',
  ])
  const why = whyNotAsked(url, false)
  if (why !== undefined) warn(why)
}

async function list(apiKey: string, settings: PlatformSettings): Promise<void> {
  const rows = await (await openPlatformClient(settings)).signingKeys.list(apiKey)
  printList(settings.json, { items: rows }, () =>
    columns([
      ['KEY ID', 'KIND', 'ALGORITHM', 'STATE', 'CREATED', 'RETIRES', 'LAST USED', 'SESSIONS'],
      ...rows.map((row) => [
        row.keyId,
        row.kind.replace('_', ' '),
        row.algorithm ?? 'from key set',
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
