import type { Clock } from '../clock.ts'

/** After how many bad tries under one name the next ones are slowed. */
export const FREE_TRIES = 5
/** The longest that a try is made to wait, in seconds. */
export const MAX_WAIT_SECONDS = 2
/** How long a bad try counts, in seconds. */
export const FORGIVE_SECONDS = 900
/** The most tries that are looked at or made to wait at a time; more are turned away. */
export const MAX_TRIES_AT_A_TIME = 100
/** The most names that are remembered; the one whose last bad try is the longest ago goes. */
export const MAX_REMEMBERED_NAMES = 10_000
const FIRST_WAIT_SECONDS = 0.1

/** Makes whoever tries in vain wait longer each time, up to a bound: guessing gets nowhere, and nobody is locked out. */
export class Throttle {
  readonly #clock: Clock
  readonly #bad = new Map<string, { count: number; at: number }>()
  #inside = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Runs a try when its time has come, which is at once while its names have no bad tries.
   *
   * @param names who tries, such as an account and an address; the worst of them decides.
   * @returns nothing where too many try at the same time: then it is not run.
   */
  async inTurn<T>(names: readonly string[], run: () => T | Promise<T>): Promise<{ readonly result: T } | undefined> {
    if (this.#inside >= MAX_TRIES_AT_A_TIME) return undefined
    this.#inside++
    try {
      await this.#wait(Math.max(...names.map((name) => this.#waitOf(name))))
      return { result: await run() }
    } finally {
      this.#inside--
    }
  }

  /** Counts a bad try. */
  note(names: readonly string[]): void {
    const now = this.#clock.now()
    for (const name of names) {
      const before = this.#bad.get(name)
      const count = before !== undefined && now - before.at <= FORGIVE_SECONDS ? before.count : 0
      this.#bad.delete(name)
      this.#bad.set(name, { count: count + 1, at: now })
      if (this.#bad.size > MAX_REMEMBERED_NAMES) this.#bad.delete(this.#bad.keys().next().value as string)
    }
  }

  /** Forgets the bad tries. */
  forgive(names: readonly string[]): void {
    for (const name of names) this.#bad.delete(name)
  }

  #waitOf(name: string): number {
    const bad = this.#bad.get(name)
    if (bad === undefined || this.#clock.now() - bad.at > FORGIVE_SECONDS || bad.count < FREE_TRIES) return 0
    return Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (bad.count - FREE_TRIES))
  }

  #wait(seconds: number): Promise<void> {
    if (seconds === 0) return Promise.resolve()
    return new Promise((done) => {
      this.#clock.after(seconds, done)
    })
  }
}
