import type { Clock } from '../clock.ts'

/** The number of failures under one name after which further attempts are delayed. */
export const FREE_TRIES = 5
/** The longest pause between two attempts under one name, in seconds. */
export const MAX_PAUSE_SECONDS = 2
/** How long a failure counts, in seconds. */
export const FORGIVE_SECONDS = 900
/** The most attempts running or waiting at a time, over all names; more are refused. */
export const MAX_TRIES_AT_A_TIME = 100
/** The most of these under names with failures. The rest is reserved for other names. */
export const MAX_SUSPECT_TRIES = 50
/** The most names whose failures are remembered; beyond it, the name with the oldest last failure is forgotten. */
export const MAX_REMEMBERED_NAMES = 10_000
const FIRST_PAUSE_SECONDS = 0.1

/** The names under which an attempt is counted, such as an account or a network. */
export interface TryName {
  readonly name: string
  /** The most attempts of that name running or waiting at a time; more are refused. */
  readonly most: number
}

interface Failures {
  readonly count: number
  readonly at: number
}

/**
 * Delays repeated failures. Attempts under one name run one after the other, with a pause before each that grows up to
 * {@link MAX_PAUSE_SECONDS}. So guessing is slow, however many guess at once, and nobody is locked out permanently. The places that one name can
 * occupy are limited, and so are those of all names with failures together.
 */
export class Throttle {
  readonly #clock: Clock
  readonly #failures = new Map<string, Failures>()
  /** For each name with attempts running or waiting: how many, and when the last of them begins. */
  readonly #inside = new Map<string, { count: number; lastAt: number }>()
  #total = 0
  #suspects = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Runs an attempt when it is due, which is immediately if its names have no failures.
   *
   * @returns undefined if too many run at the same time: then it does not run.
   */
  async inTurn<T>(names: readonly TryName[], run: () => T | Promise<T>): Promise<{ readonly result: T } | undefined> {
    const isSuspect = names.some(({ name }) => this.#failuresOf(name) > 0)
    if (this.#total >= MAX_TRIES_AT_A_TIME || (isSuspect && this.#suspects >= MAX_SUSPECT_TRIES)) return undefined
    if (names.some(({ name, most }) => (this.#inside.get(name)?.count ?? 0) >= most)) return undefined
    const startsAt = Math.max(...names.map(({ name }) => this.#nextTime(name)))
    for (const { name } of names) this.#enter(name, startsAt)
    this.#total++
    if (isSuspect) this.#suspects++
    try {
      await this.#waitUntil(startsAt)
      return { result: await run() }
    } finally {
      this.#total--
      if (isSuspect) this.#suspects--
      for (const { name } of names) this.#leave(name)
    }
  }

  /** Counts a failure. */
  recordFailure(names: readonly string[]): void {
    const now = this.#clock.now()
    for (const name of names) {
      const count = this.#failuresOf(name) + 1
      this.#failures.delete(name)
      this.#failures.set(name, { count, at: now })
      if (this.#failures.size > MAX_REMEMBERED_NAMES) {
        this.#failures.delete(this.#failures.keys().next().value as string)
      }
    }
  }

  /** Forgets the failures. */
  forgive(names: readonly string[]): void {
    for (const name of names) this.#failures.delete(name)
  }

  #failuresOf(name: string): number {
    const failed = this.#failures.get(name)
    return failed === undefined || this.#clock.now() - failed.at > FORGIVE_SECONDS ? 0 : failed.count
  }

  #pauseOf(name: string): number {
    const count = this.#failuresOf(name)
    return count < FREE_TRIES ? 0 : Math.min(MAX_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (count - FREE_TRIES))
  }

  #nextTime(name: string): number {
    const pause = this.#pauseOf(name)
    const now = this.#clock.now()
    return pause === 0 ? now : Math.max(now, this.#inside.get(name)?.lastAt ?? now) + pause
  }

  #enter(name: string, startsAt: number): void {
    this.#inside.set(name, { count: (this.#inside.get(name)?.count ?? 0) + 1, lastAt: startsAt })
  }

  #leave(name: string): void {
    const inside = this.#inside.get(name)
    if (inside === undefined) return
    inside.count--
    if (inside.count === 0) this.#inside.delete(name)
  }

  #waitUntil(time: number): Promise<void> {
    const seconds = time - this.#clock.now()
    if (seconds <= 0) return Promise.resolve()
    return new Promise((done) => {
      this.#clock.after(seconds, done)
    })
  }
}
