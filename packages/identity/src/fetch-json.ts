/** The timeout of a fetch from a provider, including the body, in seconds. */
export const FETCH_TIMEOUT_SECONDS = 5
/** The largest key set or discovery document, in bytes. */
export const MAX_KEY_SET_BYTES = 64 * 1024

/** The part of the Fetch API's `fetch` that is used here. */
export type Fetch = (url: string, options?: RequestInit) => Promise<Response>

/**
 * Fetches JSON without following redirects, and reads at most {@link MAX_KEY_SET_BYTES}.
 *
 * @param what what is fetched, for error messages.
 * @throws {Error} if there is no JSON within {@link FETCH_TIMEOUT_SECONDS}.
 */
export async function fetchJson(fetch: Fetch, url: string, what: string): Promise<unknown> {
  const answer = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(FETCH_TIMEOUT_SECONDS * 1_000),
  })
  if (answer.status !== 200) {
    await answer.body?.cancel()
    throw new Error(`The provider answers ${answer.status} to ${what}`)
  }
  const text = await readBounded(answer)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`The provider answers no JSON to ${what}`, { cause })
  }
}

async function readBounded({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  const reader = body?.getReader()
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done || value === undefined) return text + decoder.decode()
    length += value.byteLength
    if (length > MAX_KEY_SET_BYTES) {
      await reader?.cancel().catch(() => {})
      throw new RangeError(`The provider answers more than ${MAX_KEY_SET_BYTES} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}
