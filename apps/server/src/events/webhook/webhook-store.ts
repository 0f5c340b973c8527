import type { Claimed } from './attempt-slots.ts'
import type { Delivery, DeliveryState, MessageType, NewDelivery, Overflow, Settlement } from './delivery.ts'
import type { Endpoint, SealedEndpoint } from './endpoint.ts'

/**
 * The most deliveries that wait for one endpoint, so that one that is down for days costs the store, and itself when it comes
 * back, no more than that. Beyond it the oldest are given up, and not the endpoint: they stay to be seen and replayed like all
 * that was given up, what is new goes on being written, and nobody has to do anything when the endpoint is back. Disabling it
 * would lose what happens from then on, and would do so again as soon as somebody enables it with all that waits.
 */
export const MAX_WAITING_DELIVERIES = 100_000

/** Where endpoints are kept, and what is to be delivered to them until it is. */
export interface WebhookStore {
  listEndpoints(apiKey?: string): Promise<readonly SealedEndpoint[]>
  addEndpoint(endpoint: SealedEndpoint): Promise<void>
  /** Changes what is named. Answers whether there is such an endpoint. */
  changeEndpoint(apiKey: string, endpointId: string, change: EndpointChange): Promise<boolean>
  /** Deletes an endpoint with its deliveries. Answers whether there was one. */
  deleteEndpoint(apiKey: string, endpointId: string): Promise<boolean>
  /**
   * Adds deliveries, all or none, but for those that are there already and those of endpoints that are not. Where more wait for
   * an endpoint then than {@link MAX_WAITING_DELIVERIES}, the oldest that nobody is sending are given up; answers how many.
   */
  addDeliveries(deliveries: readonly NewDelivery[]): Promise<readonly Overflow[]>
  /**
   * Takes what is due, so that nobody else does until the lease has ended; of what has the same endpoint and ordering key, one
   * at a time and the earliest first. Endpoints that are disabled have nothing due.
   */
  claimDeliveries(claim: Claim): Promise<readonly Delivery[]>
  /**
   * Writes down what became of those that were claimed, and lets what each has held back go. Answers which endpoints it has
   * disabled, since they are gone.
   */
  settleDeliveries(settlements: readonly Settlement[], now: number): Promise<readonly Endpoint[]>
  /** The latest first, unless the earliest is asked for first. */
  listDeliveries(filter: DeliveryFilter): Promise<readonly Delivery[]>
  /** How many are to be delivered still, now or later. */
  countWaitingDeliveries(): Promise<number>
  /** How many of those have failed at least once, and are tried again. */
  countRetryingDeliveries(): Promise<number>
  findDelivery(endpointId: string, deliveryId: string): Promise<Delivery | undefined>
  /** Begins anew with one that is delivered or dead. Answers whether there was one. */
  replayDelivery(endpointId: string, deliveryId: string, now: number): Promise<boolean>
  /**
   * Begins anew with each that is dead and was made since then, the latest first, as far as {@link MAX_WAITING_DELIVERIES} leaves
   * room: the oldest would be given up again. Answers how many.
   */
  replayDead(endpointId: string, since: number, now: number): Promise<number>
  /** Deletes deliveries that were made before then, whatever became of them. */
  forgetDeliveries(before: number, now: number): Promise<void>
  /** The signing keys of these API keys whose end has come after the one moment and not after the other. */
  listRetirements(apiKeys: readonly string[], after: number, until: number): Promise<readonly Retirement[]>
}

export type EndpointChange = Partial<
  Pick<SealedEndpoint, 'url' | 'types' | 'description' | 'state' | 'isGone' | 'sealed' | 'masterKeyVersion'>
>

export interface Claim {
  /** Seconds since 1970. */
  readonly now: number
  readonly leasedUntil: number
  /** The most in all. */
  readonly limit: number
  /** The most for one endpoint, beside what was claimed already. */
  readonly roomOf: (endpointId: Endpoint['endpointId'], claimed: Claimed) => number
}

export interface DeliveryFilter {
  readonly endpointId: string
  readonly state?: DeliveryState | undefined
  readonly type?: MessageType | undefined
  readonly earliestFirst?: boolean | undefined
  /** Only those before the one, and after the other. */
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
