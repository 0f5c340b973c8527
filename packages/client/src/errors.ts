import type { FailureCode, RefusalCode, ServerMessageOf } from '@stagedoor/protocol'

/** The gate or a conversation refused. `code` says why, and `docs` is the page that explains it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly code: RefusalCode
  /** Under which the owner of the API key finds the whole reason. */
  readonly refusalId: string
  readonly docs: string
  /** How long to wait before trying again, where it was too much at once. */
  readonly retryAfterSeconds: number | undefined

  constructor({
    code,
    message,
    refusalId,
    docs,
    retryAfterSeconds,
  }: Omit<ServerMessageOf<'refused'>, 'type' | 'ref' | 'serverTime'>) {
    super(message)
    this.retryAfterSeconds = retryAfterSeconds
    this.code = code
    this.refusalId = refusalId
    this.docs = docs
  }
}

/** A request was not carried out, though no permission is at fault: the stream is gone, for instance. */
export class FailedError extends Error {
  override readonly name = 'FailedError'
  readonly code: FailureCode

  constructor({ code, message }: { readonly code: FailureCode; readonly message: string }) {
    super(message)
    this.code = code
  }
}

/** The gate cannot be reached or does not answer, or the session has ended. Trying again later may help. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
}

/** @internal The session was replaced by another one. What it was asked for is asked for again. */
export class SessionLostError extends ConnectionError {}

/** A later call replaced this one before it was done: `leave()` while `join()` was waiting, for instance. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError'
}

/** The application's token endpoint gave no token: most often, since nobody is signed in (401). */
export class TokenEndpointError extends Error {
  override readonly name = 'TokenEndpointError'
  /** The HTTP status. */
  readonly status: number
  /** A word for programs, where the endpoint says one. */
  readonly code: string | undefined
  /** How long to wait before asking again, where the endpoint says so. */
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, { code, message, retryAfterSeconds }: TokenEndpointProblem = {}) {
    super(message ?? `The token endpoint answers ${status} and no token`)
    this.status = status
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

interface TokenEndpointProblem {
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly retryAfterSeconds?: number | undefined
}
