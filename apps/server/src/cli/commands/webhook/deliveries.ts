import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { commandLine } from '../../../command-line.ts'
import { MAX_LISTED } from '../../../control/requests.ts'
import { EVENT_TYPES } from '../../../events/event.ts'
import { type MessageType, SHOWN_DELIVERY_STATES, type ShownDeliveryState } from '../../../events/webhook/delivery.ts'
import { parseWhole } from '../../input/settings.ts'
import { timeOption } from '../../input/time-option.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../../open-platform-client.ts'
import { examples } from '../../output/examples.ts'
import { CliError, columns, dateOf, print, printList, withIsoTimes } from '../../output/print.ts'
import type { ShownDelivery, WebhookClient } from '../../platform-client.ts'

interface ListSettings extends PlatformSettings {
  readonly state?: ShownDeliveryState
  readonly type?: MessageType
  readonly limit: number
}

interface TestSettings extends PlatformSettings {
  /** False with `--no-wait`. */
  readonly wait: boolean
}

interface RedeliverSettings extends PlatformSettings {
  readonly deadSince?: number
}

const DEFAULT_LIMIT = 20
/** How long `webhook test` waits for the result, in seconds. */
export const TEST_WAIT_SECONDS = 15
const TEST_INTERVAL_MS = 500

/** Adds the commands about deliveries. */
export function addDeliveryCommands(webhook: Command): void {
  onPlatform(webhook.command('test <api-key> <endpoint-id>'))
    .description('send a test event and show the result')
    .option('--no-wait', 'do not wait for the result')
    .addHelpText(
      'after',
      `\nWaits at most ${TEST_WAIT_SECONDS} s. The running platform sends the event.\n${examples('webhook test key_… ep_…')}`,
    )
    .action(test)
  onPlatform(webhook.command('deliveries <api-key> <endpoint-id>'))
    .description('list deliveries, latest first: their state, why the last attempt failed, and when the next one is')
    .addOption(new Option('--state <state>', 'only this state').choices(SHOWN_DELIVERY_STATES))
    .addOption(new Option('--type <type>', 'only this type of event').choices([...EVENT_TYPES, 'test']))
    .option(
      '--limit <number>',
      'the maximum number of deliveries',
      (text) => parseWhole(text, 1, MAX_LISTED),
      DEFAULT_LIMIT,
    )
    .addHelpText(
      'after',
      '\nStates: pending waits for its first attempt, retrying for another one, held for an earlier event about the same thing;\n' +
        'delivered was accepted; dead failed too often and is not sent again unless you redeliver it.\n' +
        examples(
          'webhook deliveries key_… ep_… --state retrying',
          'webhook deliveries key_… ep_… --state dead --limit 100',
        ),
    )
    .action(list)
  onPlatform(webhook.command('delivery <api-key> <endpoint-id> <delivery-id>'))
    .description('show a delivery, with its latest attempts and its payload')
    .action(show)
  onPlatform(webhook.command('redeliver <api-key> <endpoint-id> [delivery-id]'))
    .description('send a delivered or dead delivery again, with the same webhook-id')
    .addOption(timeOption('--dead-since <time>', 'instead: send every dead delivery again that was created since then'))
    .addHelpText(
      'after',
      examples('webhook redeliver key_… ep_… dlv_…', 'webhook redeliver key_… ep_… --dead-since 1d'),
    )
    .action(redeliver)
}

async function test(apiKey: string, endpointId: string, settings: TestSettings): Promise<void> {
  const { webhooks } = await openPlatformClient(settings)
  const sent = await webhooks.test(apiKey, endpointId)
  const delivery = settings.wait ? await awaitAttempt(webhooks, apiKey, endpointId, sent) : sent
  print(settings.json, withIsoTimes(delivery), () => [
    ...describeTest(delivery, settings.wait),
    `To follow it: ${commandLine(`webhook delivery ${apiKey} ${endpointId} ${delivery.deliveryId}`)}`,
  ])
}

async function awaitAttempt(
  webhooks: WebhookClient,
  apiKey: string,
  endpointId: string,
  sent: ShownDelivery,
): Promise<ShownDelivery> {
  const end = Date.now() + TEST_WAIT_SECONDS * 1000
  let delivery = sent
  while (delivery.attempts.length === 0 && Date.now() < end) {
    await sleep(TEST_INTERVAL_MS)
    delivery = await webhooks.findDelivery(apiKey, endpointId, sent.deliveryId)
  }
  return delivery
}

function describeTest(delivery: ShownDelivery, waited: boolean): string[] {
  const last = delivery.attempts.at(-1)
  if (last === undefined) {
    return [
      waited
        ? `The test event was not sent within ${TEST_WAIT_SECONDS} s. Check that the platform is running.`
        : 'The test event is queued.',
    ]
  }
  const took = `${Math.round(last.millis)} ms`
  if (last.reason === undefined) return [`Delivered in ${took} (status ${last.status}).`]
  return [`Failed after ${took}: ${describeFailure(last)}.${nextAttempt(delivery)}`]
}

function describeFailure({ status, reason }: ShownDelivery['attempts'][number]): string {
  const cause = (reason ?? '').replace(/\.$/, '')
  return status === undefined || cause.includes(String(status)) ? cause : `${cause} (status ${status})`
}

function nextAttempt({ dueAt }: ShownDelivery): string {
  return dueAt === undefined ? '' : ` Next attempt: ${dateOf(Math.floor(dueAt))}.`
}

async function list(apiKey: string, endpointId: string, settings: ListSettings): Promise<void> {
  const { state, type, limit } = settings
  const { webhooks } = await openPlatformClient(settings)
  // One more, to know whether there are more.
  const found = await webhooks.listDeliveries(apiKey, endpointId, { state, type, limit: limit + 1 })
  const items = found.slice(0, limit)
  const hasMore = found.length > limit
  printList(settings.json, { items, hasMore }, () => {
    if (items.length === 0) return ['No deliveries match.']
    const rows = items.map((delivery) => [
      delivery.deliveryId,
      delivery.type,
      delivery.state,
      dateOf(Math.floor(delivery.createdAt)),
      String(delivery.tries),
      describeLast(delivery),
      delivery.dueAt === undefined ? '' : dateOf(Math.floor(delivery.dueAt)),
    ])
    const lines = columns([
      ['DELIVERY', 'EVENT', 'STATE', 'CREATED', 'ATTEMPTS', 'LAST RESULT', 'NEXT ATTEMPT'],
      ...rows,
    ])
    return hasMore ? [...lines, '', `Showing the latest ${limit}. Use --limit to show more.`] : lines
  })
}

function describeLast({ attempts }: ShownDelivery): string {
  const last = attempts.at(-1)
  if (last === undefined) return ''
  return last.reason === undefined ? `status ${last.status}` : describeFailure(last)
}

async function show(apiKey: string, endpointId: string, deliveryId: string, settings: PlatformSettings): Promise<void> {
  const delivery = await (await openPlatformClient(settings)).webhooks.findDelivery(apiKey, endpointId, deliveryId)
  print(settings.json, withIsoTimes(delivery), () => [
    ...columns([
      ['Delivery', delivery.deliveryId],
      ['webhook-id', delivery.messageId],
      ['Event', delivery.type],
      ['State', delivery.state],
      ['Created', dateOf(Math.floor(delivery.createdAt))],
      ['Next attempt', delivery.dueAt === undefined ? 'none' : dateOf(Math.floor(delivery.dueAt))],
    ]),
    '',
    ...(delivery.attempts.length === 0
      ? ['No attempts yet.']
      : columns([
          ['ATTEMPT', 'TOOK', 'RESULT'],
          ...delivery.attempts.map((attempt) => [
            dateOf(Math.floor(attempt.at)),
            `${Math.round(attempt.millis)} ms`,
            attempt.reason === undefined ? `status ${attempt.status}` : describeFailure(attempt),
          ]),
        ])),
    '',
    JSON.stringify(delivery.payload, null, 2),
  ])
}

async function redeliver(
  apiKey: string,
  endpointId: string,
  deliveryId: string | undefined,
  settings: RedeliverSettings,
): Promise<void> {
  const { deadSince } = settings
  if ((deliveryId === undefined) === (deadSince === undefined)) {
    throw new CliError('Name either a delivery or --dead-since <time>')
  }
  const { webhooks } = await openPlatformClient(settings)
  if (deliveryId !== undefined) {
    const delivery = await webhooks.redeliver(apiKey, endpointId, deliveryId)
    print(settings.json, withIsoTimes(delivery), () => [`${deliveryId} is sent again.`])
    return
  }
  const count = await webhooks.redeliverDead(apiKey, endpointId, deadSince as number)
  print(settings.json, { apiKey, endpointId, redelivered: count }, () => [
    count === 1 ? '1 dead delivery is sent again.' : `${count} dead deliveries are sent again.`,
  ])
}
