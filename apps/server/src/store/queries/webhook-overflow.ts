import type { Kysely, Transaction } from 'kysely'
import type { Attempt } from '../../events/webhook/delivery.ts'
import { MAX_WAITING_DELIVERIES } from '../../events/webhook/webhook-store.ts'
import type { DeliveryRow, Tables } from '../tables.ts'

// More than one write adds; a larger excess, such as in a store from before the limit, is given up with the next writes.
const MAX_GIVEN_UP_AT_ONCE = 2_000

const WAITING = ['held', 'pending'] as const

type GivenUp = Pick<DeliveryRow, 'delivery_id' | 'endpoint_id' | 'ordering_key' | 'attempts'>

/** How many more can wait for an endpoint; negative if there are already too many. */
export async function roomFor(db: Kysely<Tables>, endpointId: string): Promise<number> {
  const { count } = await db
    .selectFrom('webhook_delivery')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('endpoint_id', '=', endpointId)
    .where('state', 'in', WAITING)
    .executeTakeFirstOrThrow()
  return MAX_WAITING_DELIVERIES - Number(count)
}

/** Gives up deliveries beyond the limit of an endpoint: the oldest that are not being sent. Returns them. */
export async function giveUpOldest(
  transaction: Transaction<Tables>,
  endpointId: string,
  now: number,
): Promise<readonly GivenUp[]> {
  const excess = Math.min(-(await roomFor(transaction, endpointId)), MAX_GIVEN_UP_AT_ONCE)
  if (excess <= 0) return []
  // One by one, and so in the order of the index: nothing is sorted, however many wait.
  const found: GivenUp[] = []
  for (const state of WAITING) {
    const rows = await transaction
      .selectFrom('webhook_delivery')
      .select(['delivery_id', 'endpoint_id', 'ordering_key', 'attempts'])
      .where('endpoint_id', '=', endpointId)
      .where('state', '=', state)
      .where('leased_until_ms', '<=', Math.ceil(now * 1000))
      .orderBy('delivery_id')
      .limit(excess)
      .execute()
    found.push(...rows)
  }
  const oldest = found.sort((one, other) => (one.delivery_id < other.delivery_id ? -1 : 1)).slice(0, excess)
  // Deliveries without attempts, which are most of them, are written together.
  for (const before of new Set(oldest.map(({ attempts }) => attempts))) {
    const rows = oldest.filter((row) => row.attempts === before)
    const attempts = JSON.stringify([...JSON.parse(before), overtaken(now)])
    await transaction
      .updateTable('webhook_delivery')
      .set({ state: 'dead', attempts })
      .where(
        'delivery_id',
        'in',
        rows.map(({ delivery_id }) => delivery_id),
      )
      .execute()
  }
  return oldest
}

function overtaken(at: number): Attempt {
  return { at, millis: 0, reason: `given up: ${MAX_WAITING_DELIVERIES} later ones wait` }
}
