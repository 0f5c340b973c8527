/** The one source of time. Seconds since 1970, with fractions. */
export interface Clock {
  now(): number
  /** Runs once, that many seconds later; the answer calls it off. */
  after(seconds: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now() / 1000,
  after(seconds, run) {
    const timer = setTimeout(run, seconds * 1000)
    return () => clearTimeout(timer)
  },
}
