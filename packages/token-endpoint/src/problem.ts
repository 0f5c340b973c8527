/** Why no token is returned. */
export interface TokenProblem {
  readonly status: 400 | 401 | 403 | 405 | 413 | 415 | 429 | 500 | 503
  /** A code for programs. */
  readonly code: TokenProblemCode
  /** A message for people. Never contains input. */
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

export type TokenProblemCode =
  | 'request_malformed'
  | 'method_not_allowed'
  | 'origin_refused'
  | 'content_type_refused'
  | 'body_too_large'
  | 'body_malformed'
  | 'body_incomplete'
  | 'not_signed_in'
  | 'not_granted'
  | 'rate_limited'
  | 'fault'
  | 'unavailable'

const TITLES: Readonly<Record<TokenProblemCode, string>> = {
  request_malformed: 'Malformed request',
  method_not_allowed: 'Method not allowed',
  origin_refused: 'Origin refused',
  content_type_refused: 'Unsupported content type',
  body_too_large: 'Body too large',
  body_malformed: 'Malformed body',
  body_incomplete: 'Incomplete body',
  not_signed_in: 'Not signed in',
  not_granted: 'Not granted',
  rate_limited: 'Too many requests',
  fault: 'Fault',
  unavailable: 'Unavailable',
}

/** A problem as a response (RFC 9457) that is not cached. */
export function answerProblem({ status, code, detail, headers }: TokenProblem): Response {
  const body = { type: 'about:blank', title: TITLES[code], status, code, detail }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}

const RETRY_SECONDS = 5

export const REQUEST_MALFORMED: TokenProblem = {
  status: 400,
  code: 'request_malformed',
  detail: 'The host or the target of the request is malformed.',
}
export const METHOD_NOT_ALLOWED: TokenProblem = {
  status: 405,
  code: 'method_not_allowed',
  detail: 'Ask by POST.',
  headers: { allow: 'POST, OPTIONS' },
}
export const ORIGIN_REFUSED: TokenProblem = {
  status: 403,
  code: 'origin_refused',
  detail: 'Pages of this origin may not ask for tokens. Those that may are listed in cors.origins of the endpoint.',
}
export const BODY_INCOMPLETE: TokenProblem = {
  status: 400,
  code: 'body_incomplete',
  detail: 'The body did not arrive, or not in time.',
}
export const NOT_SIGNED_IN: TokenProblem = {
  status: 401,
  code: 'not_signed_in',
  detail: 'Nobody is signed in. Sign in, and ask again.',
  headers: { 'www-authenticate': 'Bearer' },
}
export const NOT_GRANTED: TokenProblem = {
  status: 403,
  code: 'not_granted',
  detail: 'You may not join what you asked for.',
}
export const UNAVAILABLE: TokenProblem = {
  status: 503,
  code: 'unavailable',
  detail: 'It cannot be found out now who you are. Try again in a few seconds.',
  headers: { 'retry-after': String(RETRY_SECONDS) },
}
export const FAULT: TokenProblem = {
  status: 500,
  code: 'fault',
  detail: 'No token could be made. The records of the application tell why.',
}

export function tooOften(seconds: number): TokenProblem {
  return {
    status: 429,
    code: 'rate_limited',
    detail: `You ask too often. Try again in ${seconds} second${seconds === 1 ? '' : 's'}.`,
    headers: { 'retry-after': String(seconds) },
  }
}
