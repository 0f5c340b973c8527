import { type Fetch, fetchKeySet } from '@stagedoor/identity'

/** Fetches the keys published at a URL; undefined if they are unavailable. Never fails. */
export type FetchKeys = (url: string) => Promise<readonly unknown[] | undefined>

/**
 * Fetches key sets over the network, without following redirects.
 *
 * @param onFailure called with the reason if keys could not be fetched.
 * @param through the fetch function. Default: that of Node.js.
 */
export function fetchKeysWith(onFailure: (url: string, error: unknown) => void, through: Fetch = fetch): FetchKeys {
  return async (url) => {
    try {
      return await fetchKeySet(through, url)
    } catch (error) {
      onFailure(url, error)
      return undefined
    }
  }
}
