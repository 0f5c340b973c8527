import { type Endpoint, EVENT_TYPES, type EventType } from './endpoint.ts'

/** What the form of an endpoint holds: the chosen types too while all are sent, so that none is lost by looking. */
export interface EndpointForm {
  readonly url: string
  readonly wants: 'all' | 'some'
  readonly types: readonly EventType[]
  readonly description: string
}

export const NO_ENDPOINT: EndpointForm = { url: '', wants: 'all', types: [], description: '' }

export function formOf({ url, types, description }: Endpoint): EndpointForm {
  return { url, wants: types === null ? 'all' : 'some', types: types ?? [], description }
}

/** What of it goes to the API. */
export function bodyOf({ url, wants, types, description }: EndpointForm) {
  return {
    url: url.trim(),
    types: wants === 'all' ? null : EVENT_TYPES.filter((type) => types.includes(type)),
    description: description.trim(),
  }
}

/** What is missing, by the name of the field. */
export function missingIn({ url, wants, types }: EndpointForm) {
  return {
    ...(!URL.canParse(url.trim()) && { url: 'An address, as https://shop.example/stagedoor-events.' }),
    ...(wants === 'some' && types.length === 0 && { types: 'One of them, or everything.' }),
  }
}
