import type { components } from '@stagedoor/admin'

export type Endpoint = components['schemas']['WebhookEndpoint']
export type EventType = NonNullable<Endpoint['types']>[number]

/** What a change of an endpoint touches. */
export const ENDPOINT_PATHS = ['/api/v1/keys/{key}/webhooks', '/api/v1/keys/{key}/webhooks/{endpointId}'] as const

/** What an endpoint can be told, and when. */
export const EVENT_WORDS: Readonly<Record<EventType, { readonly what: string; readonly when: string }>> = {
  'session.opened': { what: 'Sessions that open', when: 'A user has come in.' },
  'session.closed': { what: 'Sessions that end', when: 'With the reason, and how long it was.' },
  'conversation.started': { what: 'Conversations that start', when: 'The first has come in.' },
  'conversation.ended': { what: 'Conversations that end', when: 'The last has gone.' },
  'refusals.burst': { what: 'Bursts of refusals', when: 'Very many were refused for one reason within a minute.' },
  'signing_key.retired': { what: 'Signing keys that end', when: 'From then on their tokens are refused.' },
}

export const EVENT_TYPES = Object.keys(EVENT_WORDS) as readonly EventType[]

/** What an endpoint is told, in words. */
export function typesInWords(types: Endpoint['types']): string {
  if (types === null) return 'Everything that happens'
  return types.map((type, at) => (at === 0 ? EVENT_WORDS[type].what : lowerFirst(EVENT_WORDS[type].what))).join(', ')
}

/** How an endpoint is, as its badge says it. */
export function stateInWords({ state, isGone }: Pick<Endpoint, 'state' | 'isGone'>) {
  if (isGone) return { word: 'gone (410)', colour: 'red.9' }
  return state === 'active' ? { word: 'active', colour: 'teal.9' } : { word: 'disabled', colour: 'gray.7' }
}

/** The host of an address, as its name in short; the address where it has none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
