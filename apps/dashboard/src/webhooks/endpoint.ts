import type { components } from '@stagedoor/admin'

export type Endpoint = components['schemas']['WebhookEndpoint']
export type EventType = NonNullable<Endpoint['types']>[number]

/** The API paths to refresh after an endpoint has changed. */
export const ENDPOINT_PATHS = ['/api/v1/keys/{key}/webhooks', '/api/v1/keys/{key}/webhooks/{endpointId}'] as const

/** The events that an endpoint can receive, and when each is sent. */
export const EVENT_WORDS: Readonly<Record<EventType, { readonly what: string; readonly when: string }>> = {
  'session.opened': { what: 'Session opened', when: 'A user has registered.' },
  'session.closed': { what: 'Session closed', when: 'With the reason and the duration.' },
  'conversation.started': { what: 'Conversation started', when: 'The first participant has joined.' },
  'conversation.ended': { what: 'Conversation ended', when: 'The last participant has left.' },
  'refusals.burst': {
    what: 'Burst of refusals',
    when: 'Many registrations were refused with one code within a minute.',
  },
  'signing_key.retired': { what: 'Signing key retired', when: 'Its tokens are refused from then on.' },
}

export const EVENT_TYPES = Object.keys(EVENT_WORDS) as readonly EventType[]

/** Returns the events that an endpoint receives, in words. */
export function typesInWords(types: Endpoint['types']): string {
  if (types === null) return 'All events'
  return types.map((type, at) => (at === 0 ? EVENT_WORDS[type].what : lowerFirst(EVENT_WORDS[type].what))).join(', ')
}

/** Returns the label and colour of an endpoint's state. */
export function stateInWords({ state, isGone }: Pick<Endpoint, 'state' | 'isGone'>) {
  if (isGone) return { word: 'Gone (410)', colour: 'red.9' }
  return state === 'active' ? { word: 'Active', colour: 'teal.9' } : { word: 'Disabled', colour: 'gray.7' }
}

/** Returns the host of a URL, as a short name for it. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
