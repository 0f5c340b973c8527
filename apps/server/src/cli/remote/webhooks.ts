import type { Admin, ItemOf } from '@stagedoor/admin'
import type { ShownDelivery, ShownEndpoint, WebhookClient } from '../platform-client.ts'
import { dropNulls } from './drop-nulls.ts'
import { MAX_PAGE } from './find-in.ts'
import { sendable } from './sendable.ts'

const WEBHOOKS = '/api/v1/keys/{key}/webhooks'
const WEBHOOK = `${WEBHOOKS}/{endpointId}` as const
const DELIVERIES = `${WEBHOOK}/deliveries` as const
const DELIVERY = `${DELIVERIES}/{deliveryId}` as const

/** The webhooks of a platform, over its API. */
export function remoteWebhooks(admin: Admin): WebhookClient {
  return {
    async list(key) {
      const endpoints: ShownEndpoint[] = []
      const params = { path: { key }, query: { limit: MAX_PAGE } }
      for await (const endpoint of admin.list(WEBHOOKS, { params })) endpoints.push(dropNulls(endpoint))
      return endpoints
    },

    find: async (key, endpointId) => dropNulls(await admin.get(WEBHOOK, { params: { path: { key, endpointId } } })),

    async create(key, options) {
      return dropNulls(await admin.post(WEBHOOKS, { params: { path: { key } }, body: sendable(options) }))
    },

    async change(key, endpointId, change) {
      const params = { path: { key, endpointId } }
      return dropNulls(await admin.patch(WEBHOOK, { params, body: sendable(change) }))
    },

    async delete(key, endpointId) {
      await admin.delete(WEBHOOK, { params: { path: { key, endpointId } } })
    },

    rotateSecret: (key, endpointId) =>
      admin.post(`${WEBHOOK}/rotate-secret`, { params: { path: { key, endpointId } } }),

    test: async (key, endpointId) =>
      show(await admin.post(`${WEBHOOK}/test`, { params: { path: { key, endpointId } } })),

    async listDeliveries(key, endpointId, { limit, ...filter }) {
      const deliveries: ShownDelivery[] = []
      const query = sendable({ ...filter, limit: Math.min(limit, MAX_PAGE) })
      for await (const delivery of admin.list(DELIVERIES, { params: { path: { key, endpointId }, query } })) {
        deliveries.push(show(delivery))
        if (deliveries.length === limit) break
      }
      return deliveries
    },

    findDelivery: async (key, endpointId, deliveryId) =>
      show(await admin.get(DELIVERY, { params: { path: { key, endpointId, deliveryId } } })),

    redeliver: async (key, endpointId, deliveryId) =>
      show(await admin.post(`${DELIVERY}/replay`, { params: { path: { key, endpointId, deliveryId } } })),

    async redeliverDead(key, endpointId, since) {
      const params = { path: { key, endpointId } }
      return (await admin.post(`${WEBHOOK}/replay`, { params, body: { since } })).replayed
    },
  }
}

function show(delivery: ItemOf<typeof DELIVERIES>): ShownDelivery {
  return { ...dropNulls(delivery), attempts: delivery.attempts.map(dropNulls) }
}
