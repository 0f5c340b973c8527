import { ConnectionError } from './errors.ts'

export interface WaitOptions {
  /** Ends the wait: the call rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
}

interface Limit {
  readonly timeoutMs: number
  readonly timeoutMessage: string
  readonly signal: AbortSignal
}

/**
 * Waits for something that others do, for a limited time. `begin` is given a signal that aborts when nobody waits any more. Rejects
 * with a ConnectionError after the time, and with the reason of `signal` when that aborts.
 */
export function limitWait<Value>(
  begin: (signal: AbortSignal) => Value | Promise<Value>,
  { timeoutMs, timeoutMessage, signal }: Limit,
): Promise<Value> {
  const limited = new AbortController()
  return new Promise<Value>((resolve, reject) => {
    const giveUp = (reason: unknown) => {
      stop()
      reject(reason)
      limited.abort(reason)
    }
    const abort = () => giveUp(signal.reason)
    const timer = setTimeout(() => giveUp(new ConnectionError(timeoutMessage)), timeoutMs)
    const stop = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    // Also where `begin` throws at once.
    Promise.resolve(limited.signal).then(begin).then(resolve, reject).finally(stop)
  })
}

/** Rejects with the reason of `signal` if that aborts first, and calls `onAbort` then. */
export function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  onAbort: () => unknown = () => {},
): Promise<Value> {
  if (signal === undefined) return promise
  return new Promise<Value>((resolve, reject) => {
    const abort = () => {
      reject(signal.reason)
      onAbort()
    }
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
