import { z } from 'zod'
import { type Delivery, SHOWN_DELIVERY_STATES } from '../../../events/webhook/delivery.ts'
import { generateTestEvent } from '../../../events/webhook/generate-test-event.ts'
import type { WebhookStore } from '../../../events/webhook/webhook-store.ts'
import type { ApiContext } from '../http/api-context.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { makeRequestedChange } from '../http/make-requested-change.ts'
import { pageQuerySchema, pageSchema } from '../http/paging.ts'
import { faults, ProblemError } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import { sortSchema, storedPageOf } from '../http/sorted-page.ts'
import {
  deliveryIdSchema,
  deliveryParamsSchema,
  deliverySchema,
  endpointParamsSchema,
  findEndpoint,
  messageTypeSchema,
  showDelivery,
} from '../schemas/webhook-shapes.ts'

const tags = ['Webhooks']

/** The deliveries of an endpoint: sent, pending and failed. */
export function serveWebhookDeliveries(api: Api, context: ApiContext): void {
  const { store, clock } = context

  api.post(
    '/keys/:key/webhooks/:endpointId/test',
    {
      config: { guard: 'webhooks:write' },
      schema: {
        tags,
        summary: 'Send a test event',
        params: endpointParamsSchema,
        headers: onceHeadersSchema,
        response: answers(201, deliverySchema),
      },
    },
    async (request, reply) => {
      const deliveryId = await makeOnce(context, request, async (transaction, note) => {
        const endpoint = await findEndpoint(transaction.store, request.params)
        if (endpoint.state === 'disabled') {
          throw new ProblemError(409, 'conflict', 'The endpoint is disabled: nothing is sent to it. Enable it first.')
        }
        const test = generateTestEvent(endpoint, transaction.now())
        await transaction.store.addDeliveries([test])
        note({ action: 'webhook.tested', apiKey: endpoint.apiKey, subject: endpoint.endpointId })
        return test.deliveryId
      })
      return reply.code(201).send(showDelivery(await findDelivery(store, { ...request.params, deliveryId })))
    },
  )

  api.get(
    '/keys/:key/webhooks/:endpointId/deliveries',
    {
      config: { guard: 'webhooks:read' },
      schema: {
        tags,
        summary: 'List deliveries with their attempts',
        params: endpointParamsSchema,
        querystring: pageQuerySchema.extend({
          state: z.enum(SHOWN_DELIVERY_STATES).optional(),
          type: messageTypeSchema.optional(),
          sort: sortSchema(['createdAt'], '-createdAt').describe('With `-`: the newest first.'),
        }),
        response: answers(200, pageSchema(deliverySchema)),
      },
    },
    async ({ params, query }) => {
      const { state, type, sort } = query
      const { endpointId } = await findEndpoint(store, params)
      const { items, nextCursor } = await storedPageOf(
        {
          idSchema: deliveryIdSchema,
          list: ({ after, limit }) =>
            store.listDeliveries({
              endpointId,
              state,
              type,
              ...(sort === 'createdAt' ? { earliestFirst: true, afterId: after } : { beforeId: after }),
              limit,
            }),
          idOf: ({ deliveryId }) => deliveryId,
        },
        query,
      )
      return { items: items.map(showDelivery), nextCursor }
    },
  )

  api.get(
    '/keys/:key/webhooks/:endpointId/deliveries/:deliveryId',
    {
      config: { guard: 'webhooks:read' },
      schema: {
        tags,
        summary: 'Get a delivery',
        params: deliveryParamsSchema,
        response: answers(200, deliverySchema),
      },
    },
    async ({ params }) => showDelivery(await findDelivery(store, params)),
  )

  api.post(
    '/keys/:key/webhooks/:endpointId/deliveries/:deliveryId/replay',
    {
      config: { guard: 'webhooks:write' },
      schema: {
        tags,
        summary: 'Replay a delivery',
        description: 'It has the same `webhook-id` as before.',
        params: deliveryParamsSchema,
        response: answers(200, deliverySchema),
      },
    },
    async (request) => {
      const { key, endpointId, deliveryId } = request.params
      await makeRequestedChange(context, request, async (transaction, note) => {
        await findDelivery(transaction.store, request.params)
        if (!(await transaction.store.replayDelivery(endpointId, deliveryId, clock.now()))) {
          throw new ProblemError(
            409,
            'conflict',
            'It is on its way still: only what was taken or given up is sent once more.',
          )
        }
        note({ action: 'webhook.replayed', apiKey: key, subject: deliveryId })
      })
      return showDelivery(await findDelivery(store, request.params))
    },
  )

  api.post(
    '/keys/:key/webhooks/:endpointId/replay',
    {
      config: { guard: 'webhooks:write' },
      schema: {
        tags,
        summary: 'Replay all deliveries that were given up since a time',
        description: 'The latest of it first, as far as there is room: 100,000 wait for an endpoint at the most.',
        params: endpointParamsSchema,
        body: z.strictObject({ since: z.number().min(0).describe('Seconds since 1970.') }),
        response: answers(200, z.object({ replayed: z.int() })),
      },
    },
    (request) =>
      makeRequestedChange(context, request, async (transaction, note) => {
        const { endpointId, apiKey } = await findEndpoint(transaction.store, request.params)
        const { since } = request.body
        const replayed = await transaction.store.replayDead(endpointId, since, clock.now())
        note({ action: 'webhook.replayed', apiKey, subject: endpointId, after: { since, replayed } })
        return { replayed }
      }),
  )
}

async function findDelivery(store: WebhookStore, params: z.infer<typeof deliveryParamsSchema>): Promise<Delivery> {
  const { endpointId } = await findEndpoint(store, params)
  const found = await store.findDelivery(endpointId, params.deliveryId)
  if (found === undefined) throw faults.unknown('delivery')
  return found
}
