import type { Claimed } from './attempt-slots.ts'
import type { Delivery, MessageType, NewDelivery, Overflow, Settlement, ShownDeliveryState } from './delivery.ts'
import type { Endpoint, SealedEndpoint } from './endpoint.ts'

/**
 * The most deliveries that wait for one endpoint, which bounds what an endpoint that is down for days costs the store, and itself when it
 * is back. Beyond it, the oldest deliveries are given up but can still be seen and replayed, new ones are written, and nobody has to
 * act when the endpoint is back. Disabling the endpoint instead would lose all events from then on, and again soon after someone enables it
 * with its backlog.
 */
export const MAX_WAITING_DELIVERIES = 100_000

/** Stores endpoints and their deliveries. */
export interface WebhookStore {
  listEndpoints(apiKey?: string): Promise<readonly SealedEndpoint[]>
  addEndpoint(endpoint: SealedEndpoint): Promise<void>
  /** Changes the given fields. Returns whether the endpoint exists. */
  changeEndpoint(apiKey: string, endpointId: string, change: EndpointChange): Promise<boolean>
  /** Deletes an endpoint with its deliveries. Returns whether it existed. */
  deleteEndpoint(apiKey: string, endpointId: string): Promise<boolean>
  /**
   * Adds deliveries, all or none, except existing ones and those of unknown endpoints. If more than {@link MAX_WAITING_DELIVERIES} then wait
   * for an endpoint, the oldest that are not being sent are given up. Returns how many.
   */
  addDeliveries(deliveries: readonly NewDelivery[]): Promise<readonly Overflow[]>
  /**
   * Claims due deliveries, so that no one else does until the lease expires: for the same endpoint and ordering key, one at a time and the
   * earliest first. Disabled endpoints have none.
   */
  claimDeliveries(claim: Claim): Promise<readonly Delivery[]>
  /**
   * Writes the outcomes of claimed deliveries and releases the deliveries that they held back. Returns the endpoints that were disabled
   * because they are gone.
   */
  settleDeliveries(settlements: readonly Settlement[], now: number): Promise<readonly Endpoint[]>
  /** The latest first by default. */
  listDeliveries(filter: DeliveryFilter): Promise<readonly Delivery[]>
  /** How many still have to be delivered, now or later. */
  countWaitingDeliveries(): Promise<number>
  /** How many of those have failed at least once and are retried. */
  countRetryingDeliveries(): Promise<number>
  findDelivery(endpointId: string, deliveryId: string): Promise<Delivery | undefined>
  /** Restarts one that is delivered or dead. Returns whether it exists. */
  replayDelivery(endpointId: string, deliveryId: string, now: number): Promise<boolean>
  /**
   * Restarts all dead deliveries created since then, the latest first, as far as {@link MAX_WAITING_DELIVERIES} allows: older ones would be
   * given up again. Returns how many.
   */
  replayDead(endpointId: string, since: number, now: number): Promise<number>
  /** Deletes deliveries created before then, whatever their state. */
  forgetDeliveries(before: number, now: number): Promise<void>
  /** The signing keys of these API keys that retired after the first time and not after the second. */
  listRetirements(apiKeys: readonly string[], after: number, until: number): Promise<readonly Retirement[]>
}

export type EndpointChange = Partial<
  Pick<SealedEndpoint, 'url' | 'types' | 'description' | 'state' | 'isGone' | 'sealed' | 'masterKeyVersion'>
>

export interface Claim {
  /** Seconds since 1970. */
  readonly now: number
  readonly leasedUntil: number
  /** The maximum in total. */
  readonly limit: number
  /** The maximum for one endpoint, besides those already claimed. */
  readonly roomOf: (endpointId: Endpoint['endpointId'], claimed: Claimed) => number
}

export interface DeliveryFilter {
  readonly endpointId: string
  readonly state?: ShownDeliveryState | undefined
  readonly type?: MessageType | undefined
  readonly earliestFirst?: boolean | undefined
  /** Only those before the first, and after the second. */
  readonly beforeId?: string | undefined
  readonly afterId?: string | undefined
  readonly limit: number
}

export interface Retirement {
  readonly apiKey: string
  readonly keyId: string
  readonly kind: string
  readonly retiresAt: number
}
