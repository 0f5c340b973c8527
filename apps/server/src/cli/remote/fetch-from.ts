import { CliError } from '../output/print.ts'

// A platform answers in milliseconds, or as soon as its store does.
const TIMEOUT_MS = 30_000
const API_PATH = '/api/v1/'

/** Returns a fetch for one platform. Throws a one-line error if the answer does not come from a platform. */
export function fetchFrom(url: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await ask(url, request)
    // Following the redirect would send the token to another address.
    if (answer.status >= 300 && answer.status < 400) {
      throw new CliError(`${url} redirects to ${targetOf(answer) ?? 'another address'}. Use that address with --url`)
    }
    const type = answer.headers.get('content-type') ?? ''
    if (/^application\/(problem\+)?json\b/.test(type)) return answer
    throw new CliError(`${url} answered ${answer.status}, but not like a Stagedoor platform. Check the address`)
  }
}

async function ask(url: string, request: Request): Promise<Response> {
  try {
    return await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (error) {
    throw new CliError(
      `${url} cannot be reached (${reasonOf(error)}). Check the address and that the platform is running`,
    )
  }
}

/** The address of the platform that a redirect leads to, without the path of the API. */
function targetOf(answer: Response): string | undefined {
  const location = answer.headers.get('location')
  if (location === null || !URL.canParse(location)) return undefined
  const { origin, pathname } = new URL(location)
  const api = pathname.indexOf(API_PATH)
  return api === -1 ? origin : `${origin}${pathname.slice(0, api)}`
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: string; readonly message?: string } }
  return name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} s` : (cause?.code ?? cause?.message ?? name)
}
