import { ConnectionError, FailedError, SupersededError } from './errors.ts'

/** A promise, and what settles it. */
export interface Deferred<Value> {
  readonly promise: Promise<Value>
  readonly resolve: (value: Value) => void
  readonly reject: (error: unknown) => void
}

/** Creates a promise that is settled from outside. */
export function createDeferred<Value>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

/**
 * Hands a promise to the application. If it rejects because of a lost connection, a session that ended, a stream that is gone, or a
 * later call, an application that does not wait for it has nothing to repair, so that is not reported as an unhandled rejection.
 */
export function forApplication<Value>(inner: Promise<Value>): Promise<Value> {
  const { promise, resolve, reject } = createDeferred<Value>()
  inner.then(resolve, (error: unknown) => {
    if (isExpected(error)) promise.catch(() => {})
    reject(error)
  })
  return promise
}

function isExpected(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof SupersededError) return true
  if (error instanceof FailedError) return error.code === 'stream_unknown' || error.code === 'conversation_not_joined'
  return (error as { readonly name?: unknown } | undefined)?.name === 'AbortError'
}

/** Several that wait for the same. */
export class Waiting<Value> {
  #waiting: Deferred<Value>[] = []

  get size(): number {
    return this.#waiting.length
  }

  add(): Promise<Value> {
    const deferred = createDeferred<Value>()
    this.#waiting.push(deferred)
    return deferred.promise
  }

  resolve(value: Value): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve(value)
  }

  reject(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}
