/** The pages of other origins that may ask for tokens. */
export interface CorsOptions {
  /** Such as `https://app.example.com`: scheme, host and port, and nothing behind (RFC 6454 section 6.2). */
  readonly origins: readonly string[]
  /** Whether their requests may carry cookies. Default: true. */
  readonly credentials?: boolean
}

export interface OriginVerdict {
  readonly ok: boolean
  /** What the answer says to the browser of another origin that is let in. */
  readonly headers: Readonly<Record<string, string>>
}

// An answer to one origin must not be kept for another.
const VARY = { vary: 'origin' }

/**
 * Whether a request comes from where it may. A browser says its origin with every POST, so a request without one is of a
 * program, which carries nobody's cookie; whatever a browser calls cross-site without an origin is refused all the same.
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

/** The answer to a browser that asks whether a page of another origin may ask (Fetch standard, CORS-preflight request). */
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
