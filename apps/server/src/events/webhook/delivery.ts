import type { EventType } from '../event.ts'

/** `test` is sent on demand, whatever an endpoint wants. */
export type MessageType = EventType | 'test'

/**
 * `held` waits for an earlier one of the same session (or whatever it is about); `pending` is to be sent, now or when it is due;
 * `delivered` was taken; `dead` is not tried any more, unless it is replayed.
 */
export const DELIVERY_STATES = ['held', 'pending', 'delivered', 'dead'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** A message to one endpoint, before anything was tried. */
export interface NewDelivery {
  /** In the order of its making: an id that is greater is a later one. */
  readonly deliveryId: string
  readonly endpointId: string
  /** The same for every endpoint, and however often it is sent. */
  readonly messageId: string
  readonly type: MessageType
  readonly orderingKey: string
  /** The body, to the letter. */
  readonly payload: string
  /** Seconds since 1970. */
  readonly createdAt: number
}

export interface Delivery extends NewDelivery {
  readonly state: DeliveryState
  /** The latest of its attempts, the oldest of them first. */
  readonly attempts: readonly Attempt[]
  /** How often it was tried since it began. */
  readonly tries: number
  /** When it was made or replayed last. */
  readonly beganAt: number
  /** When it is to be tried, while it is pending. */
  readonly dueAt: number
}

/** What became of it once. Nothing of what the endpoint said is kept but the status. */
export interface Attempt {
  /** Seconds since 1970. */
  readonly at: number
  /** How long it took. */
  readonly millis: number
  /** The status of the answer, if there was one. */
  readonly status?: number | undefined
  /** Why it failed, in a few words of our own; nothing where it did not. */
  readonly reason?: string | undefined
}

/** Deliveries that were given up to make room for later ones. */
export interface Overflow {
  readonly endpointId: string
  readonly count: number
}

/** What follows from an attempt. */
export interface Settlement extends Pick<Delivery, 'deliveryId' | 'endpointId' | 'orderingKey'> {
  readonly state: 'pending' | 'delivered' | 'dead'
  readonly attempts: readonly Attempt[]
  readonly tries: number
  readonly dueAt: number
  /** Whether the endpoint said that it is gone for good. */
  readonly isGone: boolean
}
