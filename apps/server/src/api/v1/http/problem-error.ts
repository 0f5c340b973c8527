import type { FastifyError, FastifyInstance } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { AccountError } from '../../../account/accounts.ts'
import { DomainError } from '../../../api-key/change-context.ts'
import type { Log } from '../../../observe/log.ts'
import { problemCode, problemDetail } from '../../../problem.ts'
import { StoreDownError } from '../../../store-down.ts'

/** A failed request, as a problem (RFC 9457). It echoes nothing that was sent. */
export class ProblemError extends Error {
  override readonly name = 'Fault'
  readonly status: number
  /** A code for programs. */
  readonly code: string
  /** What to do about it, in one or two sentences. */
  readonly detail: string
  readonly headers: Readonly<Record<string, string>>
  /** The affected fields. */
  readonly errors: Problem['errors']

  constructor(
    status: number,
    code: string,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    errors?: Problem['errors'],
  ) {
    super(detail)
    this.errors = errors
    this.status = status
    this.code = code
    this.detail = detail
    this.headers = headers
  }
}

export const faults = {
  notLoggedIn: () =>
    new ProblemError(
      401,
      'not_authenticated',
      'Log in, or send a personal access token: Authorization: Bearer sdpat_…',
      {
        'www-authenticate': 'Bearer realm="stagedoor"',
      },
    ),
  forbidden: (right: string) =>
    new ProblemError(403, 'not_allowed', `This needs the right ${right}, which you do not have here.`),
  loginNeeded: () =>
    new ProblemError(
      403,
      'login_needed',
      'This is done by a person who is logged in, and not with a personal access token.',
    ),
  unknown: (what: string) => new ProblemError(404, 'not_found', `There is no such ${what}.`),
  unknownFields: (fields: readonly string[]) => {
    const errors = fields.slice(0, MAX_ERRORS).map((field) => ({ field: cut(field), message: UNKNOWN_FIELD }))
    return new ProblemError(400, 'malformed', MALFORMED, {}, errors)
  },
  changedMeanwhile: () =>
    new ProblemError(
      412,
      'changed_meanwhile',
      'It was changed since you read it. Read it again and repeat your change.',
    ),
} as const

const STATUS_OF = { unknown: 404, unusable: 422, conflict: 409 } as const
const CODE_OF = { unknown: 'not_found', unusable: 'not_usable', conflict: 'conflict' } as const
/** The most fields in one problem, and the longest name that it repeats. */
const MAX_ERRORS = 20
const MAX_FIELD_LENGTH = 64

const MALFORMED = 'The request is not as the API wants it. See errors.'
const UNKNOWN_FIELD = 'is not known here'

interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors?: readonly { readonly field: string; readonly message: string }[]
}

/** Responds to every error of the API with a problem. */
export function answerFaults(http: FastifyInstance, log: Log): void {
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500 && !(error instanceof StoreDownError)) {
      log.error({ err: error, route: request.routeOptions.url }, 'the API could not answer')
    }
    if (error instanceof ProblemError) reply.headers(error.headers)
    if (problem.status === 503) reply.header('retry-after', '2')
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .header('cache-control', 'no-store')
      .serializer(JSON.stringify)
      .send({ title: TITLES[problem.status] ?? 'Problem', ...problem })
  })
  http.setNotFoundHandler(() => {
    throw new ProblemError(404, 'not_found', 'There is nothing at this address. See /api/v1/openapi.json.')
  })
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Not usable',
  429: 'Too many requests',
  500: 'Fault',
  503: 'Unavailable',
}

function problemOf(error: FastifyError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation
      .flatMap(({ instancePath, message = 'is not right', params }) => {
        const fields = fieldsOf(error.validationContext, instancePath, params as { readonly keys?: readonly string[] })
        return fields.map((field) => ({ field, message: 'keys' in params ? UNKNOWN_FIELD : message }))
      })
      .slice(0, MAX_ERRORS)
    return { status: 400, code: 'malformed', detail: MALFORMED, errors }
  }
  if (error instanceof ProblemError) {
    const { status, code, detail, errors } = error
    return { status, code, detail, ...(errors && { errors }) }
  }
  if (error instanceof DomainError) {
    return { status: STATUS_OF[error.reason], code: CODE_OF[error.reason], detail: `${error.message}.` }
  }
  if (error instanceof AccountError) return { status: 409, code: 'conflict', detail: `${error.message}.` }
  if (error instanceof StoreDownError) {
    return {
      status: 503,
      code: 'unavailable',
      detail: 'The store cannot be reached. Live sessions continue. Try again later.',
    }
  }
  const status = error.statusCode ?? 500
  if (status < 500) return { status, code: problemCode(status), detail: problemDetail(status) }
  return { status: 500, code: 'fault', detail: 'The platform could not answer. Its log tells why.' }
}

/** The fields of an issue: one, or all unknown ones. */
function fieldsOf(
  context: string | undefined,
  path: string,
  { keys }: { readonly keys?: readonly string[] },
): readonly string[] {
  const place = path.split('/').filter(Boolean)
  const fields = keys === undefined ? [place] : keys.map((key) => [...place, cut(key)])
  return fields.map((field) => (field.length === 0 ? (context ?? 'body') : field.join('.')))
}

function cut(name: string): string {
  return name.slice(0, MAX_FIELD_LENGTH)
}
