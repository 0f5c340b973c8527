import type { components } from '@stagedoor/admin'

export type Delivery = components['schemas']['WebhookDelivery']
type Attempt = Delivery['attempts'][number]

/** The API paths to refresh after something was sent. */
export const DELIVERY_PATHS = [
  '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries',
  '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}',
] as const

interface DeliveryState {
  readonly word: string
  readonly colour: string
  readonly means: string
}

const STATES = {
  pending: { word: 'Pending', colour: 'indigo.8', means: 'Waiting for the first attempt.' },
  held: {
    word: 'Pending',
    colour: 'gray.7',
    means: 'Waiting for an earlier delivery of the same session or conversation.',
  },
  retrying: { word: 'Retrying', colour: 'red.9', means: 'The last attempt failed. It is retried automatically.' },
  delivered: { word: 'Delivered', colour: 'teal.9', means: 'The endpoint accepted it.' },
  dead: { word: 'Failed', colour: 'red.9', means: 'All attempts failed. It is not retried unless you send it again.' },
} as const satisfies Readonly<Record<Delivery['state'], DeliveryState>>

/** Returns the state of a delivery in words. */
export function stateInWords({ state }: Pick<Delivery, 'state'>): DeliveryState {
  return STATES[state]
}

/** The states that the list can be filtered by, as the API takes them. */
export const STATE_FILTERS: readonly { readonly value: Delivery['state']; readonly label: string }[] = [
  { value: 'pending', label: 'Pending' },
  { value: 'retrying', label: 'Retrying' },
  { value: 'held', label: 'Waiting for another' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'dead', label: 'Failed' },
]

/** The type of a message, in words. */
export const MESSAGE_WORDS: Readonly<Record<Delivery['type'], string>> = {
  'session.opened': 'Session opened',
  'session.closed': 'Session closed',
  'conversation.started': 'Conversation started',
  'conversation.ended': 'Conversation ended',
  'refusals.burst': 'Burst of refusals',
  'signing_key.retired': 'Signing key retired',
  test: 'Test',
}

export const MESSAGE_TYPES = Object.keys(MESSAGE_WORDS) as readonly Delivery['type'][]

/** Returns whether the delivery is not finished yet. */
export function isUnderWay({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'pending' || state === 'retrying' || state === 'held'
}

/** Returns the result of an attempt: "HTTP 204", or why there was no response. */
export function resultInWords({ status, reason }: Pick<Attempt, 'status' | 'reason'>): string {
  if (status === null) return capitalize(reason ?? 'no response')
  return status >= 300 && status < 400 ? `HTTP ${status}, redirects are not followed` : `HTTP ${status}`
}

/** Returns the result of an attempt with its duration: "HTTP 204 (35 ms)". */
export function attemptInWords(attempt: Attempt): string {
  return `${resultInWords(attempt)} (${millisInWords(attempt.millis)})`
}

/** Returns a duration: "35 ms", "2.4 s". */
export function millisInWords(millis: number): string {
  return millis < 1_000 ? `${Math.round(millis)} ms` : `${(millis / 1_000).toFixed(1)} s`
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
