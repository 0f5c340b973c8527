import { TokenEndpointError } from '../errors.ts'

/** What the application's token endpoint answers where it gives none (RFC 9457). */
interface Problem {
  readonly code?: string
  readonly title?: string
  readonly detail?: string
}

/**
 * Asks the application's token endpoint for a token, with the cookies of the page.
 *
 * @throws {TokenEndpointError} where it gives none; what `fetch` throws comes through as it is.
 */
export async function askTokenEndpoint(url: string): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    credentials: 'include',
    cache: 'no-store',
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
