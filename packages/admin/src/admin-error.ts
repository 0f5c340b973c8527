/** The API's description of a failed request (RFC 9457). */
interface Problem {
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly FieldError[]
}

/** What is wrong with one field of a request. */
export interface FieldError {
  /** The path of the field, with dots between the names. */
  readonly field: string
  readonly message: string
}

/** A request that the platform refused or could not carry out. Contains nothing that was sent, and no token. */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  /** The HTTP status. */
  readonly status: number
  /** A code for programs, such as `not_allowed`; `unknown` if a proxy responded instead of the platform. */
  readonly code: string
  /** The problem and what to do, for people. */
  readonly detail: string
  /** The invalid fields; often none. */
  readonly errors: readonly FieldError[]

  constructor(status: number, { code = 'unknown', detail = `The answer was ${status}.`, errors = [] }: Problem) {
    super(`${code}: ${detail}`)
    this.status = status
    this.code = code
    this.detail = detail
    this.errors = errors
  }
}

/** Reads the problem from a response that is not successful. */
export async function readProblem(answer: Response): Promise<AdminError> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true
  const problem: Problem = isProblem ? await answer.json().catch(() => ({})) : {}
  return new AdminError(answer.status, problem)
}
