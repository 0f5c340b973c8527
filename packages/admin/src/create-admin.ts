import createClient, { type Client } from 'openapi-fetch'
import { readProblem } from './admin-error.ts'
import { encodeSegment } from './encode-segment.ts'
import type { AdminMethod, InitArgument, ItemOf, ListPath, Page } from './methods.ts'
import type { paths } from './schema.ts'

export interface AdminOptions {
  /** The URL of the platform, such as `https://rtc.example.com` or, under a path of a site, `https://example.com/rtc`. */
  readonly url: string
  /** A personal access token (`sdpat_…`). Default: none, for a page of the platform whose user is logged in. */
  readonly token?: string
  /** The `fetch` function to use. Default: that of Node.js or the browser. */
  readonly fetch?: (request: Request) => Promise<Response>
}

/**
 * The admin API, typed by its routes. Each method returns the body of a successful response, and throws an `AdminError` if the
 * platform does not carry out the request. Errors of `fetch` are passed on.
 */
export interface Admin {
  readonly get: AdminMethod<'get'>
  readonly post: AdminMethod<'post'>
  readonly patch: AdminMethod<'patch'>
  readonly delete: AdminMethod<'delete'>
  /**
   * Iterates over all items of a list and fetches pages as needed.
   *
   * @example for await (const key of admin.list('/api/v1/keys')) console.log(key.name)
   */
  list<Path extends ListPath>(path: Path, ...init: InitArgument<Path, 'get'>): AsyncGenerator<ItemOf<Path>, void, void>
  /**
   * The underlying client, for other parts of a response: `const { data, response } = await admin.raw.GET(…)`, and then
   * `response.headers.get('etag')` for `headers: { 'if-match': … }` of a change. It throws the same errors.
   */
  readonly raw: Client<paths>
}

/**
 * Creates a client of the admin API.
 *
 * @example
 * const admin = createAdmin({ url: 'https://rtc.example.com', token: process.env.STAGEDOOR_TOKEN })
 * const shop = await admin.post('/api/v1/keys', { body: { name: 'Shop' } })
 */
export function createAdmin({ url, token, fetch }: AdminOptions): Admin {
  const raw = createClient<paths>({
    baseUrl: url,
    pathSerializer: (path, names) => path.replace(/\{(\w+)\}/g, (_, name) => encodeSegment(String(names[name]))),
    ...(fetch && { fetch }),
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  })
  raw.use({
    async onResponse({ response }) {
      if (!response.ok) throw await readProblem(response)
    },
  })

  const methodOf = (send: unknown) => async (path: string, init?: object) => {
    const { data } = await (send as Send)(path, init)
    return data
  }
  const get = methodOf(raw.GET)

  return {
    get: get as AdminMethod<'get'>,
    post: methodOf(raw.POST) as AdminMethod<'post'>,
    patch: methodOf(raw.PATCH) as AdminMethod<'patch'>,
    delete: methodOf(raw.DELETE) as AdminMethod<'delete'>,
    list: ((path: string, init?: ListInit) => listAll(get, path, init)) as unknown as Admin['list'],
    raw,
  }
}

// The types describe each route; at run time, one function serves all of them.
type Send = (path: string, init?: object) => Promise<{ readonly data?: unknown }>

interface ListInit {
  readonly params?: { readonly query?: object }
}

async function* listAll(get: (path: string, init?: object) => Promise<unknown>, path: string, init: ListInit = {}) {
  let cursor: string | null | undefined
  do {
    const query = { ...init.params?.query, ...(cursor && { cursor }) }
    const page = (await get(path, { ...init, params: { ...init.params, query } })) as Page<unknown>
    yield* page.items
    cursor = page.nextCursor
  } while (cursor !== null)
}
