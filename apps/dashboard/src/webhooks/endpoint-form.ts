import { type Endpoint, EVENT_TYPES, type EventType } from './endpoint.ts'

/** The values of the form. The chosen types are kept while all events are sent, so that changing it back loses none. */
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

/** Returns the body of the request. */
export function bodyOf({ url, wants, types, description }: EndpointForm) {
  return {
    url: url.trim(),
    types: wants === 'all' ? null : EVENT_TYPES.filter((type) => types.includes(type)),
    description: description.trim(),
  }
}

/** Returns an error for each incomplete field, by its name. */
export function missingIn({ url, wants, types }: EndpointForm) {
  return {
    ...(!URL.canParse(url.trim()) && { url: 'Enter a URL, such as https://shop.example/stagedoor-events.' }),
    ...(wants === 'some' && types.length === 0 && { types: 'Choose at least one event.' }),
  }
}
