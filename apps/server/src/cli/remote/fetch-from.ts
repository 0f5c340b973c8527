import { CliError } from '../output.ts'

// A platform answers in milliseconds, or when its store does.
const PATIENCE_MS = 30_000
const API_PATH = '/api/v1/'

/** Asks a platform over the network, and says in one line what is in the way, where it is not the platform that says it. */
export function fetchFrom(url: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await ask(url, request)
    // Followed, it would be another question, and the token would go where nobody has sent it.
    if (answer.status >= 300 && answer.status < 400) {
      throw new CliError(`${url} redirects to ${placeIn(answer) ?? 'elsewhere'}. Give the address that it leads to`)
    }
    const type = answer.headers.get('content-type') ?? ''
    if (/^application\/(problem\+)?json\b/.test(type)) return answer
    throw new CliError(
      `${url} answers ${answer.status}, but not as a platform of Stagedoor does. Is the address right?`,
    )
  }
}

async function ask(url: string, request: Request): Promise<Response> {
  try {
    return await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch (error) {
    throw new CliError(
      `${url} cannot be reached (${reasonOf(error)}). Is the address right, and does the platform run?`,
    )
  }
}

/** The address of the platform that a redirect leads to: what stands in front of the path of the API. */
function placeIn(answer: Response): string | undefined {
  const location = answer.headers.get('location')
  if (location === null || !URL.canParse(location)) return undefined
  const { origin, pathname } = new URL(location)
  const api = pathname.indexOf(API_PATH)
  return api === -1 ? origin : `${origin}${pathname.slice(0, api)}`
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: string; readonly message?: string } }
  return name === 'TimeoutError' ? `no answer within ${PATIENCE_MS / 1000} s` : (cause?.code ?? cause?.message ?? name)
}
