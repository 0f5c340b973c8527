/** The longest that a timer sleeps before it checks the clock again, in seconds. */
export const RECHECK_SECONDS = 30

/** The one source of time. Seconds since 1970, with fractions. */
export interface Clock {
  now(): number
  /**
   * Runs a function once, when that many seconds have passed by the timer or by the clock, whichever comes first. If the clock jumps ahead or
   * the machine sleeps, it runs within {@link RECHECK_SECONDS} afterwards. Returns a function that cancels it.
   */
  after(seconds: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now() / 1000,
  after(seconds, run) {
    const target = Date.now() / 1000 + seconds
    let left = seconds
    let timer: NodeJS.Timeout
    const sleep = (): void => {
      const next = Math.max(0, Math.min(left, RECHECK_SECONDS, target - Date.now() / 1000))
      timer = setTimeout(() => {
        left -= next
        if (left <= 0 || Date.now() / 1000 >= target) run()
        else sleep()
      }, next * 1000)
    }
    if (seconds <= RECHECK_SECONDS) timer = setTimeout(run, seconds * 1000)
    else sleep()
    return () => clearTimeout(timer)
  },
}
