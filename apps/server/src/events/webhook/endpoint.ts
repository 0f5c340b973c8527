import type { EventType } from '../event.ts'

/** The most endpoints of one API key. */
export const MAX_ENDPOINTS = 10
/** The longest description of an endpoint, in characters. */
export const MAX_DESCRIPTION_LENGTH = 200
/** How long the secret before goes on signing beside a new one, in seconds: a day. */
export const ROTATION_SECONDS = 86_400
/** The most secrets of one endpoint that sign at a time. */
export const MAX_ENDPOINT_SECRETS = 4

export type EndpointState = 'active' | 'disabled'

/** Where events of an API key are sent. */
export interface Endpoint {
  readonly endpointId: string
  readonly apiKey: string
  readonly url: string
  /** The types of event that it wants; nothing for all, those to come too. */
  readonly types: readonly EventType[] | undefined
  readonly description: string
  readonly state: EndpointState
  /** Whether it is disabled because it has answered that it is gone (410). */
  readonly isGone: boolean
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** An endpoint as it lies in the store: what its messages are signed with is encrypted. */
export interface SealedEndpoint extends Endpoint {
  readonly sealed: Uint8Array
  /** The version of the master key that it is sealed under. */
  readonly masterKeyVersion: number
}

/** What messages are signed with, the newest first. */
export type EndpointSecrets = readonly EndpointSecret[]

export interface EndpointSecret {
  /** `whsec_` and 32 bytes in base64, as Standard Webhooks has it. */
  readonly secret: string
  /** Until when it signs, in seconds since 1970; nothing for the newest. */
  readonly until?: number | undefined
}
