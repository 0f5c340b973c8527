import { aBoolean, checkOptions, kindOf, optional } from './check-options.ts'

/** The other origins whose pages may request tokens. */
export interface CorsOptions {
  /** Such as `https://app.example.com`: scheme, host and port, without a trailing slash (RFC 6454 section 6.2). */
  readonly origins: readonly string[]
  /** Whether their requests can carry cookies. Default: true. */
  readonly credentials?: boolean
}

/** @throws {TypeError} if an option is unknown or invalid, such as an origin that no browser sends. */
export function checkCors(options: unknown): void {
  checkOptions('createTokenEndpoint: cors', options, {
    origins: (value) => (Array.isArray(value) ? undefined : 'an array of origins'),
    credentials: optional(aBoolean),
  })
  for (const origin of (options as CorsOptions).origins) checkOrigin(origin)
}

function checkOrigin(origin: unknown): void {
  if (typeof origin !== 'string') {
    throw new TypeError(`createTokenEndpoint: cors.origins must hold strings; one of them is ${kindOf(origin)}`)
  }
  const given = JSON.stringify(origin)
  if (origin.includes('*')) {
    // Any page could send its visitor's cookies and get the visitor's token.
    throw new TypeError(`createTokenEndpoint: cors.origins has ${given}, and has no wildcards; name each origin`)
  }
  const written = writeOrigin(origin)
  if (written === undefined) {
    throw new TypeError(
      `createTokenEndpoint: cors.origins has ${given}, which is no origin such as "https://app.example"`,
    )
  }
  if (written !== origin) {
    throw new TypeError(`createTokenEndpoint: cors.origins has ${given}; browsers write it ${JSON.stringify(written)}`)
  }
}

/** An origin as browsers write it (RFC 6454 section 6.2), including origins of apps on a device (`capacitor://localhost`). */
function writeOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { origin, protocol, host } = new URL(text)
  if (host === '') return undefined
  return origin === 'null' ? `${protocol}//${host}` : origin
}

export interface OriginVerdict {
  readonly ok: boolean
  /** The CORS headers of a response to an allowed origin. */
  readonly headers: Readonly<Record<string, string>>
}

// A response for one origin must not be cached for another.
const VARY = { vary: 'origin' }

/**
 * Whether the origin of a request is allowed. A browser sends its origin with every POST, so a request without one is from a program,
 * which carries no user's cookie. Requests that a browser marks as cross-site without an origin are refused as well.
 */
export function judgeOrigin({ headers, url }: Request, cors: CorsOptions | undefined): OriginVerdict {
  const origin = headers.get('origin')
  if (origin === null) {
    const site = headers.get('sec-fetch-site')
    return { ok: site === null || site === 'same-origin' || site === 'none', headers: VARY }
  }
  if (cors?.origins.includes(origin)) {
    const credentials = cors.credentials === false ? {} : { 'access-control-allow-credentials': 'true' }
    return { ok: true, headers: { ...VARY, 'access-control-allow-origin': origin, ...credentials } }
  }
  const host = headers.get('host') ?? new URL(url).host
  return { ok: URL.canParse(origin) && new URL(origin).host === host, headers: VARY }
}

/** The response to a CORS preflight request (Fetch standard). */
export function answerPreflight({ headers }: OriginVerdict): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, authorization',
      'access-control-max-age': '600',
    },
  })
}
