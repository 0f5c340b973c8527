import { type Kysely, sql, type Transaction } from 'kysely'
import type { Claimed } from '../../events/webhook/attempt-slots.ts'
import type { Delivery, NewDelivery, Overflow, Settlement } from '../../events/webhook/delivery.ts'
import type { WebhookStore } from '../../events/webhook/webhook-store.ts'
import { change, changeUncounted } from '../changes.ts'
import type { DeliveryRow, Tables } from '../tables.ts'
import { readEndpoint } from './webhook-endpoint-queries.ts'
import { giveUpOldest, roomFor } from './webhook-overflow.ts'

type DeliveryStore = Omit<WebhookStore, 'listEndpoints' | 'addEndpoint' | 'changeEndpoint' | 'deleteEndpoint'>

const toMs = (seconds: number): number => Math.ceil(seconds * 1000)

/**
 * The queries of deliveries, the same on every engine. Writes run one at a time, across all processes: for each ordering key, one delivery is
 * pending and the others are held.
 */
export function deliveryQueries(db: Kysely<Tables>): DeliveryStore {
  return {
    async addDeliveries(deliveries) {
      const [first] = deliveries
      if (first === undefined) return []
      return changeUncounted(db, async (transaction) => {
        const names = [...new Set(deliveries.map(({ endpointId }) => endpointId))]
        const rows = await transaction
          .selectFrom('webhook_endpoint')
          .select('endpoint_id')
          .where('endpoint_id', 'in', names)
          .execute()
        const known = new Set(rows.map(({ endpoint_id }) => endpoint_id))
        const kept = deliveries.filter(({ endpointId }) => known.has(endpointId))
        if (kept.length === 0) return []
        await transaction
          .insertInto('webhook_delivery')
          .values(kept.map(writeDelivery))
          .onConflict((conflict) => conflict.columns(['endpoint_id', 'message_id']).doNothing())
          .execute()
        const overflows: Overflow[] = []
        for (const endpointId of known) {
          const givenUp = await giveUpOldest(transaction, endpointId, first.createdAt)
          if (givenUp.length === 0) continue
          overflows.push({ endpointId, count: givenUp.length })
          const orderingKeys = givenUp.map(({ ordering_key }) => ({ endpointId, orderingKey: ordering_key }))
          await letGo(transaction, orderingKeys, first.createdAt)
        }
        await letGo(transaction, kept, first.createdAt)
        return overflows
      })
    },

    async claimDeliveries({ now, leasedUntil, limit, roomOf }) {
      const due = await dueAt(db, now)
        .select(({ fn }) => ['webhook_delivery.endpoint_id', fn.min('due_at_ms').as('first')])
        .groupBy('webhook_delivery.endpoint_id')
        .orderBy('first')
        .execute()
      const nothing: Claimed = new Map()
      const open = due.filter(({ endpoint_id }) => roomOf(endpoint_id, nothing) > 0)
      // Only now, so that a process without due deliveries blocks no one.
      if (open.length === 0 || limit <= 0) return []
      return changeUncounted(db, async (transaction) => {
        const claimed: Delivery[] = []
        const counts = new Map<string, number>()
        for (const { endpoint_id: endpointId } of open) {
          if (claimed.length === limit) break
          const most = Math.min(roomOf(endpointId, counts), limit - claimed.length)
          if (most <= 0) continue
          const rows = await dueAt(transaction, now)
            .where('webhook_delivery.endpoint_id', '=', endpointId)
            .selectAll('webhook_delivery')
            .orderBy('due_at_ms')
            .orderBy('delivery_id')
            .limit(most)
            .execute()
          claimed.push(...rows.map(readDelivery))
          counts.set(endpointId, rows.length)
        }
        if (claimed.length === 0) return []
        await transaction
          .updateTable('webhook_delivery')
          .set({ leased_until_ms: toMs(leasedUntil) })
          .where(
            'delivery_id',
            'in',
            claimed.map(({ deliveryId }) => deliveryId),
          )
          .execute()
        return claimed
      })
    },

    async settleDeliveries(settlements, now) {
      const gone = [...new Set(settlements.filter(({ isGone }) => isGone).map(({ endpointId }) => endpointId))]
      // Every platform must know that an endpoint is disabled.
      const run = gone.length > 0 ? change : changeUncounted
      return run(db, async (transaction) => {
        for (const settlement of settlements) await settle(transaction, settlement)
        const finished = settlements.filter(({ state }) => state !== 'pending')
        await letGo(transaction, finished, now)
        if (gone.length === 0) return []
        const rows = await transaction
          .updateTable('webhook_endpoint')
          .set({ state: 'disabled', is_gone: 1 })
          .where('endpoint_id', 'in', gone)
          .where('state', '=', 'active')
          .returningAll()
          .execute()
        return rows.map(readEndpoint)
      })
    },

    async listDeliveries({ endpointId, state, type, earliestFirst = false, beforeId, afterId, limit }) {
      let query = db
        .selectFrom('webhook_delivery')
        .selectAll()
        .where('endpoint_id', '=', endpointId)
        .orderBy('delivery_id', earliestFirst ? 'asc' : 'desc')
        .limit(limit)
      // As literals, so that the planner sees that the indexes of these two apply.
      if (state === 'pending') query = query.where(sql<boolean>`state = 'pending' AND tries = 0`)
      else if (state === 'retrying') query = query.where(sql<boolean>`state = 'pending' AND tries > 0`)
      else if (state !== undefined) query = query.where('state', '=', state)
      if (type !== undefined) query = query.where('type', '=', type)
      if (beforeId !== undefined) query = query.where('delivery_id', '<', beforeId)
      if (afterId !== undefined) query = query.where('delivery_id', '>', afterId)
      return (await query.execute()).map(readDelivery)
    },

    async countWaitingDeliveries() {
      const { count } = await db
        .selectFrom('webhook_delivery')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('state', 'in', ['held', 'pending'])
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async countRetryingDeliveries() {
      const { count } = await db
        .selectFrom('webhook_delivery')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('state', '=', 'pending')
        .where('tries', '>', 0)
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async findDelivery(endpointId, deliveryId) {
      const row = await db
        .selectFrom('webhook_delivery')
        .selectAll()
        .where('endpoint_id', '=', endpointId)
        .where('delivery_id', '=', deliveryId)
        .executeTakeFirst()
      return row && readDelivery(row)
    },

    replayDelivery: (endpointId, deliveryId, now) =>
      changeUncounted(db, async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('webhook_delivery')
          .set(startOver(now))
          .where('endpoint_id', '=', endpointId)
          .where('delivery_id', '=', deliveryId)
          .where('state', 'in', ['delivered', 'dead'])
          .executeTakeFirst()
        if (numUpdatedRows === 1n) await letAllGo(transaction, now, endpointId)
        return numUpdatedRows === 1n
      }),

    replayDead: (endpointId, since, now) =>
      changeUncounted(db, async (transaction) => {
        const room = await roomFor(transaction, endpointId)
        if (room <= 0) return 0
        const { numUpdatedRows } = await transaction
          .updateTable('webhook_delivery')
          .set(startOver(now))
          .where('delivery_id', 'in', ({ selectFrom }) =>
            selectFrom('webhook_delivery')
              .select('delivery_id')
              .where('endpoint_id', '=', endpointId)
              .where('created_at', '>=', Math.floor(since))
              .where('state', '=', 'dead')
              .orderBy('delivery_id', 'desc')
              .limit(room),
          )
          .executeTakeFirst()
        if (numUpdatedRows > 0n) await letAllGo(transaction, now, endpointId)
        return Number(numUpdatedRows)
      }),

    async forgetDeliveries(before, now) {
      await changeUncounted(db, async (transaction) => {
        await transaction.deleteFrom('webhook_delivery').where('created_at', '<', Math.floor(before)).execute()
        await letAllGo(transaction, now)
      })
    },

    async listRetirements(apiKeys, after, until) {
      if (apiKeys.length === 0) return []
      const rows = await db
        .selectFrom('signing_key')
        .select(['api_key', 'key_id', 'kind', 'retires_at'])
        .where('api_key', 'in', apiKeys)
        .where('retires_at', '>', Math.floor(after))
        .where('retires_at', '<=', Math.floor(until))
        .execute()
      return rows.map(({ api_key, key_id, kind, retires_at }) => ({
        apiKey: api_key,
        keyId: key_id,
        kind,
        retiresAt: retires_at ?? 0,
      }))
    },
  }
}

function dueAt(db: Kysely<Tables>, now: number) {
  return db
    .selectFrom('webhook_delivery')
    .innerJoin('webhook_endpoint', 'webhook_endpoint.endpoint_id', 'webhook_delivery.endpoint_id')
    .where('webhook_endpoint.state', '=', 'active')
    .where('webhook_delivery.state', '=', 'pending')
    .where('due_at_ms', '<=', toMs(now))
    .where('leased_until_ms', '<=', toMs(now))
}

/** Makes the earliest held delivery pending, if none of its ordering key is pending. */
async function letAllGo(transaction: Transaction<Tables>, now: number, endpointId?: string): Promise<void> {
  const query = release(transaction, now)
  await (endpointId === undefined ? query : query.where('endpoint_id', '=', endpointId)).execute()
}

/** The same for the ordering keys of several deliveries. */
async function letGo(
  transaction: Transaction<Tables>,
  about: readonly Pick<Delivery, 'endpointId' | 'orderingKey'>[],
  now: number,
): Promise<void> {
  if (about.length === 0) return
  await release(transaction, now)
    .where('endpoint_id', 'in', [...new Set(about.map(({ endpointId }) => endpointId))])
    .where('ordering_key', 'in', [...new Set(about.map(({ orderingKey }) => orderingKey))])
    .execute()
}

function release(transaction: Transaction<Tables>, now: number) {
  return transaction
    .updateTable('webhook_delivery')
    .set({ state: 'pending', due_at_ms: toMs(now) })
    .where('state', '=', 'held')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhook_delivery as other')
            .select('other.delivery_id')
            .whereRef('other.endpoint_id', '=', 'webhook_delivery.endpoint_id')
            .whereRef('other.ordering_key', '=', 'webhook_delivery.ordering_key')
            .where((other) =>
              other.or([
                other('other.state', '=', 'pending'),
                other.and([
                  other('other.state', '=', 'held'),
                  other('other.delivery_id', '<', other.ref('webhook_delivery.delivery_id')),
                ]),
              ]),
            ),
        ),
      ),
    )
}

async function settle(transaction: Transaction<Tables>, settlement: Settlement): Promise<void> {
  const { deliveryId, state, attempts, tries, dueAt } = settlement
  await transaction
    .updateTable('webhook_delivery')
    .set({ state, attempts: JSON.stringify(attempts), tries, due_at_ms: toMs(dueAt), leased_until_ms: 0 })
    .where('delivery_id', '=', deliveryId)
    // Another process may have claimed and delivered it after the lease expired.
    .where('state', '=', 'pending')
    .execute()
}

const startOver = (now: number) =>
  ({ state: 'held', tries: 0, began_at: Math.floor(now), due_at_ms: 0, leased_until_ms: 0 }) as const

function writeDelivery(delivery: NewDelivery): DeliveryRow {
  return {
    delivery_id: delivery.deliveryId,
    endpoint_id: delivery.endpointId,
    message_id: delivery.messageId,
    type: delivery.type,
    ordering_key: delivery.orderingKey,
    payload: delivery.payload,
    created_at: Math.floor(delivery.createdAt),
    attempts: '[]',
    ...startOver(delivery.createdAt),
  }
}

function readDelivery(row: DeliveryRow): Delivery {
  return {
    deliveryId: row.delivery_id,
    endpointId: row.endpoint_id,
    messageId: row.message_id,
    type: row.type,
    orderingKey: row.ordering_key,
    payload: row.payload,
    createdAt: row.created_at,
    state: row.state,
    attempts: JSON.parse(row.attempts),
    tries: row.tries,
    beganAt: row.began_at,
    dueAt: row.due_at_ms / 1000,
  }
}
