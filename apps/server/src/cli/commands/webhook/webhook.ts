import { Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../../command-line.ts'
import { EVENT_TYPES, type EventType } from '../../../events/event.ts'
import { MAX_DESCRIPTION_LENGTH } from '../../../events/webhook/endpoint.ts'
import { confirm, yesOption } from '../../input/confirm.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../../open-platform-client.ts'
import { examples } from '../../output/examples.ts'
import { CliError, columns, dateOf, print, printList, withIsoTimes } from '../../output/print.ts'
import type { ShownEndpoint } from '../../platform-client.ts'
import { addDeliveryCommands } from './deliveries.ts'

type Types = readonly EventType[] | 'all'

interface CreateSettings extends PlatformSettings {
  readonly types?: Types
  readonly description?: string
}

interface ConfirmedSettings extends PlatformSettings {
  readonly yes: boolean
}

interface UpdateSettings extends ConfirmedSettings, CreateSettings {
  readonly endpointUrl?: string
  readonly state?: ShownEndpoint['state']
}

/** Builds the `webhook` command: the endpoints of an API key, and what was delivered to them. */
export function webhookCommand(): Command {
  const webhook = new Command('webhook').description('webhooks of an API key, and what was delivered to them')
  onPlatform(webhook.command('list <api-key>')).description('list the webhooks, without their secrets').action(list)
  onPlatform(webhook.command('create <api-key> <endpoint-url>'))
    .description('create a webhook and its secret, which is shown only once')
    .addOption(typesOption())
    .addOption(descriptionOption())
    .addHelpText(
      'after',
      `\nEvents: ${EVENT_TYPES.join(', ')}.\nAn http: or private address needs STAGEDOOR_WEBHOOKS_TO_PRIVATE=1, for the platform too.\n` +
        examples(
          'webhook create key_… https://shop.example/stagedoor-events',
          'webhook create key_… https://shop.example/sessions --types session.opened,session.closed',
        ),
    )
    .action(create)
  onPlatform(webhook.command('show <api-key> <endpoint-id>')).description('show a webhook').action(show)
  onPlatform(webhook.command('update <api-key> <endpoint-id>'))
    .description('change a webhook; other settings stay')
    .option('--endpoint-url <url>', 'the address that events are sent to')
    .addOption(typesOption())
    .addOption(descriptionOption())
    .addOption(new Option('--state <state>', 'disable or enable it').choices(['active', 'disabled']))
    .addOption(yesOption())
    .addHelpText(
      'after',
      '\nEvents that happen while a webhook is disabled are never sent to it. What was waiting is sent when it is active again.\n' +
        examples('webhook update key_… ep_… --types all', 'webhook update key_… ep_… --state active'),
    )
    .action(update)
  onPlatform(webhook.command('delete <api-key> <endpoint-id>'))
    .description('permanently delete a webhook and its deliveries')
    .addOption(yesOption())
    .action(remove)
  onPlatform(webhook.command('rotate-secret <api-key> <endpoint-id>'))
    .description('create another secret, which is shown only once; the old one also signs for a day')
    .action(rotateSecret)
  addDeliveryCommands(webhook)
  return webhook
}

function typesOption(): Option {
  return new Option('--types <list>', 'the events to send, separated by commas, or all').argParser(parseTypes)
}

function descriptionOption(): Option {
  const text = `a note for people (at most ${MAX_DESCRIPTION_LENGTH} characters)`
  return new Option('--description <text>', text).argParser(parseDescription)
}

function parseTypes(text: string): Types {
  if (text === 'all') return 'all'
  const types = text.split(',').map((part) => part.trim())
  if (types.every((type) => EVENT_TYPES.includes(type as EventType))) return [...new Set(types)] as EventType[]
  throw new InvalidArgumentError(`Expected all, or a list of ${EVENT_TYPES.join(', ')}.`)
}

function parseDescription(text: string): string {
  const description = text.trim()
  if (description.length <= MAX_DESCRIPTION_LENGTH && /^[^\p{Cc}\p{Cs}]*$/u.test(description)) return description
  throw new InvalidArgumentError(`Expected one line of at most ${MAX_DESCRIPTION_LENGTH} characters.`)
}

async function list(apiKey: string, settings: PlatformSettings): Promise<void> {
  const endpoints = await (await openPlatformClient(settings)).webhooks.list(apiKey)
  printList(settings.json, { items: endpoints }, () => {
    if (endpoints.length === 0)
      return [`No webhooks yet. Create one: ${commandLine(`webhook create ${apiKey} https://…`)}`]
    return columns([
      ['WEBHOOK', 'URL', 'EVENTS', 'STATE', 'CREATED', 'DESCRIPTION'],
      ...endpoints.map((endpoint) => [
        endpoint.endpointId,
        endpoint.url,
        endpoint.types?.join(', ') ?? 'all',
        describeState(endpoint),
        dateOf(endpoint.createdAt),
        endpoint.description,
      ]),
    ])
  })
}

async function create(apiKey: string, url: string, settings: CreateSettings): Promise<void> {
  const { types, description } = settings
  const { webhooks } = await openPlatformClient(settings)
  const made = await webhooks.create(apiKey, { url, types: types === 'all' ? undefined : types, description })
  print(settings.json, withIsoTimes(made), () => [
    `Webhook  ${made.endpointId}`,
    `Secret   ${made.secret}`,
    '',
    'Copy the secret to the endpoint now. It is not shown again. To send a test event:',
    `  ${commandLine(`webhook test ${apiKey} ${made.endpointId}`)}`,
  ])
}

async function show(apiKey: string, endpointId: string, settings: PlatformSettings): Promise<void> {
  const endpoint = await (await openPlatformClient(settings)).webhooks.find(apiKey, endpointId)
  print(settings.json, withIsoTimes(endpoint), () => describeEndpoint(endpoint))
}

async function update(apiKey: string, endpointId: string, settings: UpdateSettings): Promise<void> {
  const { endpointUrl: url, types, description, state } = settings
  const change = { url, types: types === 'all' ? null : types, description, state }
  if (Object.values(change).every((value) => value === undefined)) {
    throw new CliError('Nothing to change. Use --endpoint-url, --types, --description or --state')
  }
  const { webhooks } = await openPlatformClient(settings)
  if (state === 'disabled') {
    await confirm(async () => {
      const found = await webhooks.find(apiKey, endpointId)
      return `Events that happen while ${endpointId} is disabled are never sent to ${found.url}.`
    }, settings)
  }
  const endpoint = await webhooks.change(apiKey, endpointId, change)
  print(settings.json, withIsoTimes(endpoint), () => describeEndpoint(endpoint))
}

async function remove(apiKey: string, endpointId: string, settings: ConfirmedSettings): Promise<void> {
  const { webhooks } = await openPlatformClient(settings)
  await confirm(async () => {
    const { url } = await webhooks.find(apiKey, endpointId)
    return `Deleting ${endpointId} (${url}) also deletes its deliveries, and cannot be undone.`
  }, settings)
  await webhooks.delete(apiKey, endpointId)
  print(settings.json, { apiKey, endpointId, state: 'deleted' }, () => [`Deleted ${endpointId}.`])
}

async function rotateSecret(apiKey: string, endpointId: string, settings: PlatformSettings): Promise<void> {
  const rotated = await (await openPlatformClient(settings)).webhooks.rotateSecret(apiKey, endpointId)
  print(settings.json, withIsoTimes({ apiKey, endpointId, ...rotated }), () => [
    `Secret   ${rotated.secret}`,
    '',
    `Copy it to the endpoint now. It is not shown again. The old secret also signs until ${dateOf(rotated.previousUntil)}.`,
  ])
}

function describeEndpoint(endpoint: ShownEndpoint): string[] {
  return columns([
    ['Webhook', endpoint.endpointId],
    ['URL', endpoint.url],
    ['Events', endpoint.types?.join(', ') ?? 'all'],
    ['State', describeState(endpoint)],
    ['Created', dateOf(endpoint.createdAt)],
    ['Description', endpoint.description],
  ])
}

function describeState({ state, isGone }: ShownEndpoint): string {
  return isGone ? `${state} (the endpoint answered 410 Gone)` : state
}
