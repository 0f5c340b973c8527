import { createRemoteJWKSet, customFetch } from 'jose'
import { type Fetch, fetchBounded } from '../outbound/fetch-bounded.ts'

/** How long a fetch of keys may take, in seconds. */
export const FETCH_KEYS_TIMEOUT_SECONDS = 5
/** The most bytes of a key set. */
export const MAX_KEY_SET_BYTES = 64 * 1024

/** Fetches the keys that are published at an address; nothing where they cannot be had. Never fails. */
export type FetchKeys = (url: string) => Promise<readonly unknown[] | undefined>

/**
 * Fetches key sets over the network, without following anywhere else.
 *
 * @param onFailure told why keys could not be had.
 * @param through what they are fetched through. Default: that of Node.js.
 */
export function fetchKeysWith(onFailure: (url: string, error: unknown) => void, through: Fetch = fetch): FetchKeys {
  const bounded = fetchBounded(through, MAX_KEY_SET_BYTES)
  return async (url) => {
    const keySet = createRemoteJWKSet(new URL(url), {
      timeoutDuration: FETCH_KEYS_TIMEOUT_SECONDS * 1_000,
      [customFetch]: bounded,
    })
    try {
      await keySet.reload()
      return keySet.jwks()?.keys
    } catch (error) {
      onFailure(url, error)
      return undefined
    }
  }
}
