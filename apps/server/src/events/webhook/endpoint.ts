import type { EventType } from '../event.ts'

/** The most endpoints of one API key. */
export const MAX_ENDPOINTS = 10
/** The longest description of an endpoint, in characters. */
export const MAX_DESCRIPTION_LENGTH = 200
/** How long the previous secret still signs after a rotation, in seconds: a day. */
export const ROTATION_SECONDS = 86_400
/** The most secrets of one endpoint that sign at the same time. */
export const MAX_ENDPOINT_SECRETS = 4

export type EndpointState = 'active' | 'disabled'

/** A webhook endpoint: where events of an API key are sent. */
export interface Endpoint {
  readonly endpointId: string
  readonly apiKey: string
  readonly url: string
  /** The event types that it receives; undefined for all, including future ones. */
  readonly types: readonly EventType[] | undefined
  readonly description: string
  readonly state: EndpointState
  /** Whether it is disabled because it answered 410. */
  readonly isGone: boolean
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** An endpoint as stored, with its secrets encrypted. */
export interface SealedEndpoint extends Endpoint {
  readonly sealed: Uint8Array
  /** The version of the master key that encrypts them. */
  readonly masterKeyVersion: number
}

/** The secrets that sign messages, the newest first. */
export type EndpointSecrets = readonly EndpointSecret[]

export interface EndpointSecret {
  /** `whsec_` and 32 bytes in base64, as in Standard Webhooks. */
  readonly secret: string
  /** Until when it signs, in seconds since 1970; undefined for the newest. */
  readonly until?: number | undefined
}
