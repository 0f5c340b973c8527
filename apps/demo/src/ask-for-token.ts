import { PLATFORM_URL } from './platform-url.ts'

export interface DemoToken {
  readonly apiKey: string
  readonly id: string
  readonly token: string
}

/** The platform gave no token; the message is for the user to read. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError'
}

/**
 * Asks for a token for that user id. In an application, its own back end answers this, for the user it knows.
 *
 * @param apiKey where the page was opened from the dashboard: whoever is logged in there mints for it.
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
    throw new NoTokenError(
      'This platform gives no demo tokens. Start it with --dev or --demo, or use a token of your own.',
    )
  }
  throw new NoTokenError(await readDetail(response))
}

async function readDetail(response: Response): Promise<string> {
  try {
    const { title, detail } = (await response.json()) as { readonly title?: string; readonly detail?: string }
    return detail ?? title ?? `The platform answered with ${response.status}.`
  } catch {
    return `The platform answered with ${response.status}.`
  }
}
