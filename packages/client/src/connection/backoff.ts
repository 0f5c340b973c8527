import { onWake } from './liveness.ts'

export const BASE_DELAY_MS = 500
export const MAX_DELAY_MS = 20_000

/**
 * How long to wait before the attempt of that number, counted from 0: anything from 0 to a bound that doubles up to 20 s
 * (full jitter), so that a gate that comes back is not met by all its clients at once. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.floor(random * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt))
}

/** Waits that long, or until `signal` aborts. */
export function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (delayMs === 0 || signal.aborted) return resolve()
    const proceed = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', proceed)
      resolve()
    }
    const timer = setTimeout(proceed, delayMs)
    signal.addEventListener('abort', proceed)
  })
}

/** Waits that long, or until the network changes or the page is shown again, or until `signal` aborts. */
export function waitForNetwork(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const proceed = () => {
      clearTimeout(timer)
      unlisten()
      signal.removeEventListener('abort', proceed)
      resolve()
    }
    const timer = setTimeout(proceed, delayMs)
    const unlisten = onWake(proceed)
    signal.addEventListener('abort', proceed)
  })
}
