import { type Fetch, fetchKeySet } from '@stagedoor/identity'

/** Fetches the keys that are published at an address; nothing where they cannot be had. Never fails. */
export type FetchKeys = (url: string) => Promise<readonly unknown[] | undefined>

/**
 * Fetches key sets over the network, without following anywhere else.
 *
 * @param onFailure called with the reason why keys could not be had.
 * @param through what they are fetched through. Default: that of Node.js.
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
