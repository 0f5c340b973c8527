import type { RefusalCode } from '@stagedoor/protocol'
import type { RefusalReport } from './report.ts'

/** How far back refusals are counted, in seconds. */
export const KEEP_COUNTS_SECONDS = 86_400
/** The most minutes that are kept, over all API keys: the oldest are dropped first. */
export const MAX_COUNTED_MINUTES = 50_000
/** The shortest step, in seconds. */
export const MINUTE_SECONDS = 60

type Counts = Partial<Record<RefusalCode, number>>

interface CountedMinute {
  readonly apiKey: string
  readonly at: number
  readonly counts: Counts
}

/** What to count: the period and the step, in seconds. A step is a number of whole minutes. */
export interface CountQuestion {
  readonly since: number
  readonly until: number
  readonly step: number
}

/** Counts refusals per API key and reason, by the minute, in memory. */
export class RefusalCounts {
  readonly #isApiKey: (apiKey: string) => boolean
  /** In chronological order. */
  readonly #minutes = new Set<CountedMinute>()
  readonly #byApiKey = new Map<string, Map<number, CountedMinute>>()

  /** @param isApiKey others are not counted: strangers can name any number of API keys. */
  constructor(isApiKey: (apiKey: string) => boolean) {
    this.#isApiKey = isApiKey
  }

  note({ apiKey, code, at }: Pick<RefusalReport, 'apiKey' | 'code' | 'at'>): void {
    if (!this.#isApiKey(apiKey)) return
    const minute = startOf(at, MINUTE_SECONDS)
    const { counts } = this.#byApiKey.get(apiKey)?.get(minute) ?? this.#begin(apiKey, minute)
    counts[code] = (counts[code] ?? 0) + 1
  }

  /** Drops the counts of a deleted API key. */
  forgetApiKey(apiKey: string): void {
    for (const minute of this.#byApiKey.get(apiKey)?.values() ?? []) this.#forget(minute)
  }

  /** Every step from the one of `since` to the last that begins before `until`, including empty ones. */
  count(
    apiKey: string,
    { since, until, step }: CountQuestion,
  ): readonly { readonly at: number; readonly counts: Counts }[] {
    const steps = new Map<number, Counts>()
    for (let at = startOf(since, step); at < until; at += step) steps.set(at, {})
    for (const { at, counts } of this.#byApiKey.get(apiKey)?.values() ?? []) {
      const sums = steps.get(startOf(at, step))
      if (sums === undefined) continue
      for (const [code, count] of Object.entries(counts) as [RefusalCode, number][]) {
        sums[code] = (sums[code] ?? 0) + count
      }
    }
    return [...steps].map(([at, counts]) => ({ at, counts }))
  }

  #begin(apiKey: string, at: number): CountedMinute {
    for (const minute of this.#minutes) {
      if (minute.at > at - KEEP_COUNTS_SECONDS && this.#minutes.size < MAX_COUNTED_MINUTES) break
      this.#forget(minute)
    }
    const minute = { apiKey, at, counts: {} }
    this.#minutes.add(minute)
    const siblings = this.#byApiKey.get(apiKey) ?? new Map()
    this.#byApiKey.set(apiKey, siblings.set(at, minute))
    return minute
  }

  #forget(minute: CountedMinute): void {
    this.#minutes.delete(minute)
    const siblings = this.#byApiKey.get(minute.apiKey)
    siblings?.delete(minute.at)
    if (siblings?.size === 0) this.#byApiKey.delete(minute.apiKey)
  }
}

function startOf(at: number, step: number): number {
  return Math.floor(at / step) * step
}
