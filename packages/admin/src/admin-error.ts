/** What the API says of a request that it does not carry out (RFC 9457). */
interface Problem {
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly FieldError[]
}

/** What is not right about one field of a request. */
export interface FieldError {
  /** Where it is, with dots between the names. */
  readonly field: string
  readonly message: string
}

/** A request that the platform has not carried out. It holds nothing of what was sent, and no token. */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  /** The HTTP status. */
  readonly status: number
  /** A word for programs, such as `not_allowed`; `unknown` where a proxy has answered and not the platform. */
  readonly code: string
  /** What is in the way and what to do, for people. */
  readonly detail: string
  /** The fields that are not right; often none. */
  readonly errors: readonly FieldError[]

  constructor(status: number, { code = 'unknown', detail = `The answer was ${status}.`, errors = [] }: Problem) {
    super(`${code}: ${detail}`)
    this.status = status
    this.code = code
    this.detail = detail
    this.errors = errors
  }
}

/** Reads the problem out of an answer that is not of success. */
export async function readProblem(answer: Response): Promise<AdminError> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true
  const problem: Problem = isProblem ? await answer.json().catch(() => ({})) : {}
  return new AdminError(answer.status, problem)
}
