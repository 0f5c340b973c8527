import process from 'node:process'
import { showDelivery, showEndpoint } from '../../api/v1/schemas/webhook-shapes.ts'
import { DomainError, requireApiKey } from '../../api-key/change-context.ts'
import { commandLine } from '../../command-line.ts'
import { changeEndpoint, createEndpoint, rotateEndpointSecret } from '../../events/webhook/change-endpoints.ts'
import type { Delivery } from '../../events/webhook/delivery.ts'
import type { Endpoint, SealedEndpoint } from '../../events/webhook/endpoint.ts'
import { generateTestEvent } from '../../events/webhook/generate-test-event.ts'
import type { Records } from '../../records.ts'
import type { ShownDelivery, ShownEndpoint, WebhookClient } from '../platform-client.ts'
import { dropNulls } from '../remote/drop-nulls.ts'
import { type StoreSettings, withChange, withStore } from './store.ts'

/** The webhooks in the store. The running server sends what is to be delivered. */
export function localWebhooks(settings: StoreSettings): WebhookClient {
  // As `serve` reads it.
  const toPrivate = process.env.STAGEDOOR_WEBHOOKS_TO_PRIVATE === '1'

  return {
    list: (apiKey) =>
      withStore(settings, async ({ store }) => {
        await requireApiKey(store, apiKey)
        return (await store.listEndpoints(apiKey)).map(show)
      }),

    find: (apiKey, endpointId) =>
      withStore(settings, async ({ store }) => show(await requireEndpoint(store, apiKey, endpointId))),

    create: (apiKey, options) =>
      withChange(settings, async (context, note) => {
        const { endpoint, secret } = await createEndpoint(context, apiKey, options, toPrivate)
        note({ action: 'webhook.created', apiKey, subject: endpoint.endpointId, after: showEndpoint(endpoint) })
        return { ...show(endpoint), secret }
      }),

    change: (apiKey, endpointId, change) =>
      withChange(settings, async (context, note) => {
        const found = await requireEndpoint(context.store, apiKey, endpointId)
        const after = await changeEndpoint(context, found, change, toPrivate)
        const noted = { before: showEndpoint(found), after: showEndpoint(after) }
        note({ action: 'webhook.changed', apiKey, subject: endpointId, ...noted })
        return show(after)
      }),

    delete: (apiKey, endpointId) =>
      withChange(settings, async ({ store }, note) => {
        const before = showEndpoint(await requireEndpoint(store, apiKey, endpointId))
        await store.deleteEndpoint(apiKey, endpointId)
        note({ action: 'webhook.deleted', apiKey, subject: endpointId, before })
      }),

    rotateSecret: (apiKey, endpointId) =>
      withChange(settings, async (context, note) => {
        const rotated = await rotateEndpointSecret(context, await requireEndpoint(context.store, apiKey, endpointId))
        const { previousUntil } = rotated
        note({ action: 'webhook.secret_rotated', apiKey, subject: endpointId, after: { previousUntil } })
        return rotated
      }),

    test: (apiKey, endpointId) =>
      withChange(settings, async ({ store, now }, note) => {
        const endpoint = await requireEndpoint(store, apiKey, endpointId)
        if (endpoint.state === 'disabled') {
          throw new DomainError(`${endpointId} is disabled, so nothing is sent to it`, {
            reason: 'conflict',
            hint: commandLine(`webhook update ${apiKey} ${endpointId} --state active`),
          })
        }
        const test = generateTestEvent(endpoint, now())
        await store.addDeliveries([test])
        note({ action: 'webhook.tested', apiKey, subject: endpointId })
        return requireDelivery(store, apiKey, endpointId, test.deliveryId)
      }),

    listDeliveries: (apiKey, endpointId, filter) =>
      withStore(settings, async ({ store }) => {
        await requireEndpoint(store, apiKey, endpointId)
        return (await store.listDeliveries({ endpointId, ...filter })).map(showSent)
      }),

    findDelivery: (apiKey, endpointId, deliveryId) =>
      withStore(settings, ({ store }) => requireDelivery(store, apiKey, endpointId, deliveryId)),

    redeliver: (apiKey, endpointId, deliveryId) =>
      withChange(settings, async ({ store, now }, note) => {
        await requireDelivery(store, apiKey, endpointId, deliveryId)
        if (!(await store.replayDelivery(endpointId, deliveryId, now()))) {
          throw new DomainError(
            `${deliveryId} is still being delivered. Only delivered or dead ones can be sent again`,
            {
              reason: 'conflict',
            },
          )
        }
        note({ action: 'webhook.replayed', apiKey, subject: deliveryId })
        return requireDelivery(store, apiKey, endpointId, deliveryId)
      }),

    redeliverDead: (apiKey, endpointId, since) =>
      withChange(settings, async ({ store, now }, note) => {
        await requireEndpoint(store, apiKey, endpointId)
        const replayed = await store.replayDead(endpointId, since, now())
        note({ action: 'webhook.replayed', apiKey, subject: endpointId, after: { since, replayed } })
        return replayed
      }),
  }
}

async function requireEndpoint(
  store: Pick<Records, 'findApiKey' | 'listEndpoints'>,
  apiKey: string,
  endpointId: string,
): Promise<SealedEndpoint> {
  await requireApiKey(store, apiKey)
  const found = (await store.listEndpoints(apiKey)).find((endpoint) => endpoint.endpointId === endpointId)
  if (found !== undefined) return found
  throw new DomainError(`${apiKey} has no webhook ${endpointId}`, {
    reason: 'unknown',
    hint: commandLine(`webhook list ${apiKey}`),
  })
}

async function requireDelivery(
  store: Pick<Records, 'findApiKey' | 'listEndpoints' | 'findDelivery'>,
  apiKey: string,
  endpointId: string,
  deliveryId: string,
): Promise<ShownDelivery> {
  await requireEndpoint(store, apiKey, endpointId)
  const found = await store.findDelivery(endpointId, deliveryId)
  if (found !== undefined) return showSent(found)
  throw new DomainError(`The webhook ${endpointId} has no delivery ${deliveryId}`, {
    reason: 'unknown',
    hint: commandLine(`webhook deliveries ${apiKey} ${endpointId}`),
  })
}

function show(endpoint: Endpoint): ShownEndpoint {
  return dropNulls(showEndpoint(endpoint))
}

function showSent(delivery: Delivery): ShownDelivery {
  const shown = showDelivery(delivery)
  return { ...dropNulls(shown), attempts: shown.attempts.map(dropNulls) }
}
