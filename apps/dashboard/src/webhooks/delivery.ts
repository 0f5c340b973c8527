import type { components } from '@stagedoor/admin'

export type Delivery = components['schemas']['WebhookDelivery']
type Attempt = Delivery['attempts'][number]

/** What sending something touches. */
export const DELIVERY_PATHS = [
  '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries',
  '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}',
] as const

export const STATE_WORDS = {
  pending: { word: 'to be sent', colour: 'indigo.8', means: 'It is sent when its time comes.' },
  held: { word: 'held', colour: 'gray.7', means: 'It waits for an earlier one of the same session or conversation.' },
  delivered: { word: 'taken', colour: 'teal.9', means: 'The endpoint took it.' },
  dead: { word: 'given up', colour: 'red.9', means: 'It is not tried any more, unless you send it once more.' },
} as const satisfies Readonly<Record<Delivery['state'], object>>

export const DELIVERY_STATES = Object.keys(STATE_WORDS) as readonly Delivery['state'][]

/** What a message tells, in words. */
export const MESSAGE_WORDS: Readonly<Record<Delivery['type'], string>> = {
  'session.opened': 'A session opened',
  'session.closed': 'A session ended',
  'conversation.started': 'A conversation started',
  'conversation.ended': 'A conversation ended',
  'refusals.burst': 'A burst of refusals',
  'signing_key.retired': 'A signing key ended',
  test: 'A test',
}

export const MESSAGE_TYPES = Object.keys(MESSAGE_WORDS) as readonly Delivery['type'][]

/** Whether what waits may change by itself, so that it is looked at anew. */
export function isUnderWay({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'pending' || state === 'held'
}

/** What became of an attempt: "it answered 204, after 35 ms". */
export function attemptInWords({ status, millis, reason }: Attempt): string {
  return `${reason ?? `it answered ${status}`}, after ${millisInWords(millis)}`
}

/** How long it took: "35 ms", "2.4 s". */
export function millisInWords(millis: number): string {
  return millis < 1_000 ? `${Math.round(millis)} ms` : `${(millis / 1_000).toFixed(1)} s`
}
