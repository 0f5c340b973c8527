import type { Announce } from './event.ts'

/** A burst is more refusals than this with one code, for one API key, within {@link COUNTED_TOGETHER_SECONDS}. */
export const MAX_REFUSALS_UNTOLD = 50
/** The period in which refusals are counted together, in seconds. */
export const COUNTED_TOGETHER_SECONDS = 60

interface Minute {
  readonly since: number
  count: number
}

interface Noted {
  readonly apiKey: string
  readonly code: string
  /** Seconds since 1970. */
  readonly at: number
}

/** Announces to an owner that many attempts are refused: once a minute for each code. */
export class RefusalBursts {
  readonly #announce: Announce
  readonly #isWanted: (apiKey: string) => boolean
  /** By API key and code. */
  readonly #minutes = new Map<string, Minute>()

  /** @param isWanted whether there are subscribers: strangers can name any number of API keys. */
  constructor(announce: Announce, isWanted: (apiKey: string) => boolean) {
    this.#announce = announce
    this.#isWanted = isWanted
  }

  note({ apiKey, code, at }: Noted): void {
    if (!this.#isWanted(apiKey)) return
    const name = JSON.stringify([apiKey, code])
    const known = this.#minutes.get(name)
    const minute = known !== undefined && at - known.since < COUNTED_TOGETHER_SECONDS ? known : { since: at, count: 0 }
    this.#minutes.set(name, minute)
    minute.count++
    if (minute.count !== MAX_REFUSALS_UNTOLD + 1) return
    this.#announce(apiKey, 'refusals.burst', () => ({
      orderingKey: `refusals ${code}`,
      at,
      data: { code, count: minute.count, withinSeconds: Math.ceil(at - minute.since) },
    }))
  }
}
