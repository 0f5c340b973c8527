import type { Delivery, DeliveryState, MessageType, NewDelivery, Settlement } from './delivery.ts'
import type { Endpoint, SealedEndpoint } from './endpoint.ts'

/** Where endpoints are kept, and what is to be delivered to them until it is. */
export interface WebhookStore {
  listEndpoints(apiKey?: string): Promise<readonly SealedEndpoint[]>
  addEndpoint(endpoint: SealedEndpoint): Promise<void>
  /** Changes what is named. Answers whether there is such an endpoint. */
  changeEndpoint(apiKey: string, endpointId: string, change: EndpointChange): Promise<boolean>
  /** Deletes an endpoint with its deliveries. Answers whether there was one. */
  deleteEndpoint(apiKey: string, endpointId: string): Promise<boolean>
  /** Adds deliveries, all or none, but for those that are there already and those of endpoints that are not. */
  addDeliveries(deliveries: readonly NewDelivery[]): Promise<void>
  /**
   * Takes what is due, so that nobody else does until the lease has ended; of what has the same endpoint and ordering key, one
   * at a time and the earliest first. Endpoints that are disabled have nothing due.
   */
  claimDeliveries(claim: Claim): Promise<readonly Delivery[]>
  /** Writes down what became of those that were claimed, and lets what each has held back go. */
  settleDeliveries(settlements: readonly Settlement[], now: number): Promise<void>
  /** The latest first. */
  listDeliveries(filter: DeliveryFilter): Promise<readonly Delivery[]>
  /** How many are to be delivered still, now or later. */
  countWaitingDeliveries(): Promise<number>
  findDelivery(endpointId: string, deliveryId: string): Promise<Delivery | undefined>
  /** Begins anew with one that is delivered or dead. Answers whether there was one. */
  replayDelivery(endpointId: string, deliveryId: string, now: number): Promise<boolean>
  /** Begins anew with each that is dead and was made since then. Answers how many. */
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
  /** The most for one endpoint. */
  readonly roomOf: (endpointId: Endpoint['endpointId']) => number
}

export interface DeliveryFilter {
  readonly endpointId: string
  readonly state?: DeliveryState | undefined
  readonly type?: MessageType | undefined
  /** Only those before this one. */
  readonly beforeId?: string | undefined
  readonly limit: number
}

export interface Retirement {
  readonly apiKey: string
  readonly keyId: string
  readonly kind: string
  readonly retiresAt: number
}
