/** What is in the way of a token. */
export interface TokenProblem {
  readonly status: 400 | 401 | 403 | 405 | 413 | 415 | 429 | 500 | 503
  /** A word for programs. */
  readonly code: TokenProblemCode
  /** For people. It never holds what was sent. */
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

export type TokenProblemCode =
  | 'method_not_allowed'
  | 'origin_refused'
  | 'content_type_refused'
  | 'body_too_large'
  | 'body_malformed'
  | 'not_signed_in'
  | 'not_granted'
  | 'rate_limited'
  | 'fault'
  | 'unavailable'

const TITLES: Readonly<Record<TokenProblemCode, string>> = {
  method_not_allowed: 'Method not allowed',
  origin_refused: 'Origin refused',
  content_type_refused: 'Unsupported content type',
  body_too_large: 'Body too large',
  body_malformed: 'Malformed body',
  not_signed_in: 'Not signed in',
  not_granted: 'Not granted',
  rate_limited: 'Too many requests',
  fault: 'Fault',
  unavailable: 'Unavailable',
}

/** A problem as an answer (RFC 9457), which nobody keeps. */
export function answerProblem({ status, code, detail, headers }: TokenProblem): Response {
  const body = { type: 'about:blank', title: TITLES[code], status, code, detail }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}
