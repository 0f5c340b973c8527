import type { Clock } from '../clock.ts'

/** How often expired records are deleted, in seconds. */
export const FORGET_INTERVAL_SECONDS = 3_600

export interface ForgetOptions {
  /** Each deletes what has expired by now (seconds since 1970). */
  readonly forget: readonly ((now: number) => Promise<void>)[]
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

/** Deletes expired records, now and periodically. Returns a function that stops it. */
export function forgetPeriodically({ forget, clock, onError }: ForgetOptions): () => void {
  let cancel = (): void => {}

  function run(): void {
    cancel = clock.after(FORGET_INTERVAL_SECONDS, run)
    for (const one of forget) one(clock.now()).catch(onError)
  }

  run()
  return () => cancel()
}
