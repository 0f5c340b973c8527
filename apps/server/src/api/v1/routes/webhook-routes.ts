import { z } from 'zod'
import { changeEndpoint, createEndpoint, rotateEndpointSecret } from '../../../events/webhook/change-endpoints.ts'
import type { Endpoint } from '../../../events/webhook/endpoint.ts'
import type { ApiContext } from '../http/api-context.ts'
import { requireMatch, sendWithEtag } from '../http/etag.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { makeRequestedChange } from '../http/make-requested-change.ts'
import { countedPageSchema, isFound, pageQuerySchema } from '../http/paging.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import { keyParamsSchema, searchSchema } from '../schemas/shapes.ts'
import {
  endpointChangeSchema,
  endpointParamsSchema,
  endpointSchema,
  findEndpoint,
  newEndpointSchema,
  secretSchema,
  showEndpoint,
} from '../schemas/webhook-shapes.ts'

const tags = ['Webhooks']

const SORTED_BY = {
  createdAt: ({ createdAt }: Endpoint) => createdAt,
  url: ({ url }: Endpoint) => url.toLowerCase(),
  state: ({ state }: Endpoint) => state,
} as const

/** Webhook endpoints, which receive the events of an API key. */
export function serveWebhooks(api: Api, context: ApiContext): void {
  const { store, toPrivate } = context

  api.get(
    '/keys/:key/webhooks',
    {
      config: { guard: 'webhooks:read' },
      schema: {
        tags,
        summary: 'List webhook endpoints',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          search: searchSchema.optional().describe('Part of the URL or the description. Case is ignored.'),
          sort: sortSchema(['createdAt', 'url', 'state'], 'createdAt'),
        }),
        response: answers(200, countedPageSchema(endpointSchema)),
      },
    },
    async ({ params, query }) => {
      const endpoints = await store.listEndpoints(params.key)
      const found = endpoints.filter(({ url, description }) => isFound(query.search, url, description))
      const page = sortedPageOf(found, { by: SORTED_BY, idOf: ({ endpointId }) => endpointId }, query)
      return { ...page, items: page.items.map(showEndpoint) }
    },
  )

  api.post(
    '/keys/:key/webhooks',
    {
      config: { guard: 'webhooks:write' },
      schema: {
        tags,
        summary: 'Create a webhook endpoint',
        params: keyParamsSchema,
        headers: onceHeadersSchema,
        body: newEndpointSchema,
        response: answers(201, endpointSchema.extend({ secret: secretSchema })),
      },
    },
    async (request, reply) => {
      const { url, types, description } = request.body
      const { key } = request.params
      const made = await makeOnce(context, request, async (transaction, note) => {
        const options = { url, types: types ?? undefined, description }
        const { endpoint, secret } = await createEndpoint(transaction, key, options, toPrivate)
        const shown = showEndpoint(endpoint)
        note({ action: 'webhook.created', apiKey: key, subject: endpoint.endpointId, after: shown })
        return { ...shown, secret }
      })
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )

  api.get(
    '/keys/:key/webhooks/:endpointId',
    {
      config: { guard: 'webhooks:read' },
      schema: {
        tags,
        summary: 'Get a webhook endpoint',
        params: endpointParamsSchema,
        response: answers(200, endpointSchema),
      },
    },
    async ({ params }, reply) => sendWithEtag(reply, showEndpoint(await findEndpoint(store, params))),
  )

  api.patch(
    '/keys/:key/webhooks/:endpointId',
    {
      config: { guard: 'webhooks:write' },
      schema: {
        tags,
        summary: 'Update, disable or enable a webhook endpoint',
        description: 'While it is disabled no events are written for it; what is written waits.',
        params: endpointParamsSchema,
        body: endpointChangeSchema,
        response: answers(200, endpointSchema),
      },
    },
    async (request, reply) => {
      const changed = await makeRequestedChange(context, request, async (transaction, note) => {
        const found = await findEndpoint(transaction.store, request.params)
        const before = showEndpoint(found)
        requireMatch(request, before)
        const after = showEndpoint(await changeEndpoint(transaction, found, request.body, toPrivate))
        note({ action: 'webhook.changed', apiKey: found.apiKey, subject: found.endpointId, before, after })
        return after
      })
      return sendWithEtag(reply, changed)
    },
  )

  api.delete(
    '/keys/:key/webhooks/:endpointId',
    {
      config: { guard: 'webhooks:write' },
      schema: {
        tags,
        summary: 'Delete a webhook endpoint and its deliveries',
        params: endpointParamsSchema,
        response: answers(200, z.object({ deleted: z.string() })),
      },
    },
    async (request) => {
      const { key, endpointId } = request.params
      await makeRequestedChange(context, request, async (transaction, note) => {
        const before = showEndpoint(await findEndpoint(transaction.store, request.params))
        requireMatch(request, before)
        await transaction.store.deleteEndpoint(key, endpointId)
        note({ action: 'webhook.deleted', apiKey: key, subject: endpointId, before })
      })
      return { deleted: endpointId }
    },
  )

  api.post(
    '/keys/:key/webhooks/:endpointId/rotate-secret',
    {
      config: { guard: 'webhooks:write' },
      schema: {
        tags,
        summary: 'Rotate the secret of a webhook endpoint',
        description: 'The one before signs beside it until `previousUntil`.',
        params: endpointParamsSchema,
        headers: onceHeadersSchema,
        response: answers(201, z.object({ secret: secretSchema, previousUntil: z.number() })),
      },
    },
    async (request, reply) => {
      const { key, endpointId } = request.params
      const made = await makeOnce(context, request, async (transaction, note) => {
        const rotated = await rotateEndpointSecret(transaction, await findEndpoint(transaction.store, request.params))
        const { previousUntil } = rotated
        note({ action: 'webhook.secret_rotated', apiKey: key, subject: endpointId, after: { previousUntil } })
        return rotated
      })
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )
}
