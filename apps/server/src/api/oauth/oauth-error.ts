import type { FastifyError, FastifyInstance } from 'fastify'
import type { Log } from '../../observe/log.ts'
import { StoreDownError } from '../../store-down.ts'

type Code =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'invalid_target'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'temporarily_unavailable'
  | 'server_error'

/** An OAuth error (RFC 6749 section 5.2). It echoes nothing that was sent. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly status: number
  readonly code: Code
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: Code, description: string, headers: Readonly<Record<string, string>> = {}) {
    super(description)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const oauthErrors = {
  malformed: (description: string) => new OAuthError(400, 'invalid_request', description),
  notAuthenticated: () =>
    new OAuthError(401, 'invalid_client', 'Send an API key as client_id and one of its secrets as client_secret', {
      'www-authenticate': 'Basic realm="stagedoor", charset="UTF-8"',
    }),
  tooMany: () =>
    new OAuthError(429, 'temporarily_unavailable', 'Too many clients are refused at this moment', {
      'retry-after': '5',
    }),
  tooOften: (seconds: number) =>
    new OAuthError(429, 'temporarily_unavailable', 'Too much is asked for from one address', {
      'retry-after': String(seconds),
    }),
} as const

/** Responds to every error in the form that OAuth clients expect. */
export function answerOAuthErrors(http: FastifyInstance, log: Log): void {
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, code, message, headers } = oauthErrorOf(error)
    if (status === 500) log.error({ err: error, route: request.routeOptions.url }, 'an OAuth client was not answered')
    return reply
      .code(status)
      .headers({ ...headers, 'cache-control': 'no-store' })
      .send({ error: code, error_description: message })
  })
}

function oauthErrorOf(error: FastifyError): OAuthError {
  if (error instanceof OAuthError) return error
  if (error instanceof StoreDownError) {
    // RFC 7009 section 2.2.1.
    return new OAuthError(503, 'temporarily_unavailable', 'The store cannot be reached', { 'retry-after': '2' })
  }
  const status = error.statusCode ?? 500
  if (status === 413) return new OAuthError(413, 'invalid_request', 'The body is larger than this takes')
  if (status < 500) return oauthErrors.malformed('Send a form: content-type: application/x-www-form-urlencoded')
  return new OAuthError(500, 'server_error', 'The platform could not answer')
}
