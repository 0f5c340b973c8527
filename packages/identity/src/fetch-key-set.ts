import { type Fetch, fetchJson } from './fetch-json.ts'

/** A published key, of which nothing is known but that it is an object. */
export type PublishedKey = Readonly<Record<string, unknown>>

/**
 * Fetches the keys of a key set (RFC 7517 section 5). Members that are no object are passed over: what is not understood does not
 * make the rest unusable.
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
