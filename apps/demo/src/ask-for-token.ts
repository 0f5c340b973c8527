import { PLATFORM_URL } from './platform-url.ts'

export interface DemoToken {
  readonly apiKey: string
  readonly id: string
  readonly token: string
}

/** The platform issued no token. The message is meant for the user. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError'
}

/**
 * Requests a token for a user id. In an application, its own back end does this for the user who is signed in.
 *
 * @param apiKey set if the dashboard opened the page: its login mints the token.
 */
export async function askForToken(id: string, apiKey: string | undefined): Promise<DemoToken> {
  const path = apiKey === undefined ? 'demo/token' : `api/v1/keys/${encodeURIComponent(apiKey)}/tokens`
  const response = await fetch(`${PLATFORM_URL}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
  })
  if (response.ok) return (await response.json()) as DemoToken
  if (response.status === 404 && apiKey === undefined) {
    throw new NoTokenError('This platform issues no demo tokens. Start it with --dev or --demo, or use your own token.')
  }
  throw new NoTokenError(await readDetail(response))
}

async function readDetail(response: Response): Promise<string> {
  try {
    const { title, detail } = (await response.json()) as { readonly title?: string; readonly detail?: string }
    return detail ?? title ?? `The platform responded with HTTP ${response.status}.`
  } catch {
    return `The platform responded with HTTP ${response.status}.`
  }
}
