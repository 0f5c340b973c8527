import { FailedError, RefusedError } from '../errors.ts'
import type { Answer } from './messages.ts'

interface Waiting {
  readonly accept: (answer: Answer) => void
  readonly reject: (error: Error) => void
  readonly timer: ReturnType<typeof setTimeout>
}

/** The requests that wait for an answer, by `ref`. */
export class Requests {
  #lastRef = 0
  readonly #waiting = new Map<number, Waiting>()

  /** Gives the `ref` for a new request. `onTimeout` is called when the answer is overdue. */
  add(request: {
    readonly accept: (answer: Answer) => void
    readonly reject: (error: Error) => void
    readonly timeoutMs: number
    readonly onTimeout: () => void
  }): number {
    const ref = ++this.#lastRef
    const { accept, reject, timeoutMs, onTimeout } = request
    this.#waiting.set(ref, { accept, reject, timer: setTimeout(onTimeout, timeoutMs) })
    return ref
  }

  settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.ref)
    if (waiting === undefined) return
    this.#waiting.delete(answer.ref)
    clearTimeout(waiting.timer)
    if (answer.type === 'refused') waiting.reject(new RefusedError(answer))
    else if (answer.type === 'failed') waiting.reject(new FailedError(answer))
    else waiting.accept(answer)
  }

  rejectAll(error: Error): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      reject(error)
    }
    this.#waiting.clear()
  }
}
