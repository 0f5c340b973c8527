import type { Delivery } from './delivery.ts'

/** A pending delivery. */
export function deliveryOf(name: string, rest: Partial<Delivery> = {}): Delivery {
  return {
    deliveryId: `dlv_${name}`,
    endpointId: 'ep_shop',
    messageId: `msg_${name}`,
    type: 'session.opened',
    orderingKey: name,
    payload: JSON.stringify({ name }),
    createdAt: 1_000,
    state: 'pending',
    attempts: [],
    tries: 0,
    beganAt: 1_000,
    dueAt: 1_000,
    ...rest,
  }
}
