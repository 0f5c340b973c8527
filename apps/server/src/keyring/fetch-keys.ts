import { createRemoteJWKSet, customFetch } from 'jose'

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
 */
export function fetchKeysWith(onFailure: (url: string, error: unknown) => void): FetchKeys {
  return async (url) => {
    const keySet = createRemoteJWKSet(new URL(url), {
      timeoutDuration: FETCH_KEYS_TIMEOUT_SECONDS * 1_000,
      [customFetch]: fetchBounded,
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

async function fetchBounded(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options)
  let length = 0
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        length += chunk.length
        if (length > MAX_KEY_SET_BYTES) throw new RangeError(`The key set has more than ${MAX_KEY_SET_BYTES} bytes`)
        controller.enqueue(chunk)
      },
    }),
  )
  return new Response(counted ?? null, { status: response.status, headers: response.headers })
}
