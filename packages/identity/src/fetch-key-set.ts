import { type Fetch, fetchJson } from './fetch-json.ts'

/** A published key: any object, not checked yet. */
export type PublishedKey = Readonly<Record<string, unknown>>

/**
 * Fetches the keys of a key set (RFC 7517 section 5). Members that are not objects are ignored, so that they do not make the others
 * unusable.
 *
 * @throws {Error} if there is no key set at the address.
 */
export async function fetchKeySet(fetch: Fetch, url: string): Promise<readonly PublishedKey[]> {
  const found = await fetchJson(fetch, url, 'a request for its keys')
  const keys = isObject(found) ? found['keys'] : undefined
  if (!Array.isArray(keys)) throw new Error('The provider answers no set of keys ("keys")')
  return keys.filter(isObject)
}

function isObject(value: unknown): value is PublishedKey {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
