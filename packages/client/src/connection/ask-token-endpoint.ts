import { TokenEndpointError } from '../errors.ts'

/** What the application's token endpoint answers where it gives none (RFC 9457). */
interface Problem {
  readonly code?: string
  readonly title?: string
  readonly detail?: string
}

export interface AskOptions {
  /** What goes with the request beside the cookies of the page: `authorization`, most often. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** The conversation that the token is for, where the endpoint's grants go by that. */
  readonly conversation?: string | undefined
  /** Aborts the request: pass on the one that `getToken` is called with. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Asks the application's token endpoint for a token, with the cookies of the page. With its address as `getToken` this is
 * done by itself; a function that calls it can send more along.
 *
 * @example getToken: (signal) => askTokenEndpoint('/token', { signal, headers: { authorization: `Bearer ${idToken}` } })
 * @throws {TokenEndpointError} where it gives none; what `fetch` throws comes through as it is.
 */
export async function askTokenEndpoint(
  url: string,
  { headers, conversation, signal }: AskOptions = {},
): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ conversation }),
    credentials: 'include',
    cache: 'no-store',
    ...(signal && { signal }),
  })
  const body = (await answer.json().catch(() => ({}))) as Problem & { readonly token?: unknown }
  if (answer.ok && typeof body.token === 'string') return body.token
  const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN)
  throw new TokenEndpointError(answer.status, {
    code: body.code,
    message: body.detail ?? body.title,
    ...(retryAfter >= 0 && { retryAfterSeconds: retryAfter }),
  })
}
