import type { EventType } from '../event.ts'

/** `test` is sent on request, whatever the types of an endpoint. */
export type MessageType = EventType | 'test'

/**
 * `held` waits for an earlier one with the same ordering key (such as a session); `pending` is due now or later; `delivered` was accepted;
 * `dead` is not retried, unless it is replayed.
 */
export type DeliveryState = 'held' | 'pending' | 'delivered' | 'dead'

/** The states as they are shown: a pending delivery whose last attempt failed is `retrying`. */
export const SHOWN_DELIVERY_STATES = ['held', 'pending', 'retrying', 'delivered', 'dead'] as const
export type ShownDeliveryState = (typeof SHOWN_DELIVERY_STATES)[number]

export function shownStateOf({ state, tries }: Pick<Delivery, 'state' | 'tries'>): ShownDeliveryState {
  return state === 'pending' && tries > 0 ? 'retrying' : state
}

/** A message to one endpoint, before the first attempt. */
export interface NewDelivery {
  /** Ids sort by creation. */
  readonly deliveryId: string
  readonly endpointId: string
  /** The same for every endpoint and every attempt. */
  readonly messageId: string
  readonly type: MessageType
  readonly orderingKey: string
  /** The exact body. */
  readonly payload: string
  /** Seconds since 1970. */
  readonly createdAt: number
}

export interface Delivery extends NewDelivery {
  readonly state: DeliveryState
  /** Its latest attempts, the oldest first. */
  readonly attempts: readonly Attempt[]
  /** The number of attempts since it was created or replayed. */
  readonly tries: number
  /** When it was created or last replayed. */
  readonly beganAt: number
  /** When it is due, while it is pending. */
  readonly dueAt: number
}

/** The outcome of one attempt. Of the response, only the status is kept. */
export interface Attempt {
  /** Seconds since 1970. */
  readonly at: number
  /** How long it took. */
  readonly millis: number
  /** The status of the response, if there was one. */
  readonly status?: number | undefined
  /** A short general reason for a failure; undefined for a success. */
  readonly reason?: string | undefined
}

/** Deliveries that were given up to make room for later ones. */
export interface Overflow {
  readonly endpointId: string
  readonly count: number
}

/** The consequences of an attempt. */
export interface Settlement extends Pick<Delivery, 'deliveryId' | 'endpointId' | 'orderingKey'> {
  readonly state: 'pending' | 'delivered' | 'dead'
  readonly attempts: readonly Attempt[]
  readonly tries: number
  readonly dueAt: number
  /** Whether the endpoint answered 410. */
  readonly isGone: boolean
}
