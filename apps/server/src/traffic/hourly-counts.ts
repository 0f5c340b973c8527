import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RefusalCode } from '@stagedoor/protocol'
import { Flusher } from '../background/flusher.ts'
import type { Clock } from '../clock.ts'
import { ALL_API_KEYS, HOUR_SECONDS, type HourCounts, KEEP_HOURS_SECONDS, type TrafficStore } from './traffic-store.ts'

/** The delay before counts are written to the store, in seconds. */
export const COUNT_SECONDS = 10
/** The most hours of API keys that one write updates. */
export const MAX_HOURS_OF_WRITE = 500
/** The most that wait while the store does not answer; beyond it, nothing is counted. */
export const MAX_HOURS_WAITING = 20_000
/** How long shutdown waits for pending counts, in seconds. */
const CLOSE_SECONDS = 5

export interface HourlyCountsOptions {
  readonly store: TrafficStore
  readonly clock: Clock
  /** Others are not counted: strangers can name any number of API keys. */
  readonly isApiKey: (apiKey: string) => boolean
  /** Called for the first of several failed writes in a row. */
  readonly onError: (error: unknown) => void
}

interface WaitingHour {
  readonly apiKey: string
  readonly hour: number
  admitted: number
  peakSessions: number
  readonly refusals: Partial<Record<RefusalCode, number>>
}

/** Counts by the hour, per API key and in total, and writes the counts in the background. */
export class HourlyCounts {
  readonly #options: HourlyCountsOptions
  readonly #flusher: Flusher
  #waiting = new Map<string, WaitingHour>()
  /** The live sessions of each API key, and the counted peak of its hour. */
  readonly #live = new Map<string, number>()
  readonly #peaks = new Map<string, { readonly hour: number; readonly sessions: number }>()

  constructor(options: HourlyCountsOptions) {
    const { clock, onError } = options
    this.#options = options
    this.#flusher = new Flusher({ write: () => this.#write(), seconds: COUNT_SECONDS, clock, onError })
  }

  /** How many hours of API keys are not written yet. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** A registration was admitted. */
  opened(apiKey: string): void {
    for (const name of [apiKey, ALL_API_KEYS]) {
      this.#live.set(name, (this.#live.get(name) ?? 0) + 1)
      this.#change(name, (hour) => {
        hour.admitted++
      })
      this.#recordPeak(name)
    }
  }

  /** A session ended. */
  closed(apiKey: string): void {
    for (const name of [apiKey, ALL_API_KEYS]) {
      this.#recordPeak(name)
      const left = (this.#live.get(name) ?? 1) - 1
      if (left > 0) this.#live.set(name, left)
      else this.#live.delete(name)
    }
  }

  refused({ apiKey, code }: { readonly apiKey: string; readonly code: RefusalCode }): void {
    if (!this.#options.isApiKey(apiKey)) return
    for (const name of [apiKey, ALL_API_KEYS]) {
      this.#change(name, ({ refusals }) => {
        refusals[code] = (refusals[code] ?? 0) + 1
      })
    }
  }

  /** Writes all counts up to now, as far as the store accepts them, so that a read includes them. */
  flush(): Promise<void> {
    return this.#flusher.flush()
  }

  /** Drops the counts of a deleted API key. */
  forgetApiKey(apiKey: string): void {
    this.#peaks.delete(apiKey)
    for (const [name, hour] of this.#waiting) if (hour.apiKey === apiKey) this.#waiting.delete(name)
  }

  /** Deletes hours older than {@link KEEP_HOURS_SECONDS}, a part at a time. */
  async cleanUp(): Promise<void> {
    const { store, clock } = this.#options
    while (await store.forgetHours(hourOf(clock.now() - KEEP_HOURS_SECONDS))) await nextTurn()
  }

  close(): Promise<void> {
    return this.#flusher.close(CLOSE_SECONDS)
  }

  /** Sessions that stay open are the peak of an hour in which none is opened. */
  #recordPeak(apiKey: string): void {
    const hour = hourOf(this.#options.clock.now())
    const sessions = this.#live.get(apiKey) ?? 0
    const known = this.#peaks.get(apiKey)
    if (sessions === 0 || (known?.hour === hour && known.sessions >= sessions)) return
    this.#peaks.set(apiKey, { hour, sessions })
    this.#change(apiKey, (waiting) => {
      waiting.peakSessions = Math.max(waiting.peakSessions, sessions)
    })
  }

  #change(apiKey: string, change: (hour: WaitingHour) => void): void {
    const hour = hourOf(this.#options.clock.now())
    const name = nameOf({ apiKey, hour })
    let waiting = this.#waiting.get(name)
    if (waiting === undefined) {
      if (this.#waiting.size >= MAX_HOURS_WAITING) return
      waiting = { apiKey, hour, admitted: 0, peakSessions: 0, refusals: {} }
      this.#waiting.set(name, waiting)
    }
    change(waiting)
    this.#flusher.wake()
  }

  async #write(): Promise<boolean> {
    this.#recordPeaks()
    const batch: HourCounts[] = []
    for (const [name, hour] of this.#waiting) {
      if (batch.length === MAX_HOURS_OF_WRITE) break
      batch.push(hour)
      this.#waiting.delete(name)
    }
    try {
      await this.#options.store.addHours(batch)
    } catch (error) {
      for (const hour of batch) this.#putBack(hour)
      throw error
    }
    // As long as sessions are open, the next hour has a peak.
    if (this.#live.size > 0) this.#flusher.wake()
    return this.#waiting.size > 0
  }

  #recordPeaks(): void {
    const hour = hourOf(this.#options.clock.now())
    for (const apiKey of this.#live.keys()) this.#recordPeak(apiKey)
    for (const [apiKey, peak] of this.#peaks) if (peak.hour !== hour) this.#peaks.delete(apiKey)
  }

  #putBack(hour: HourCounts): void {
    const later = this.#waiting.get(nameOf(hour))
    const sums: WaitingHour = { ...hour, refusals: { ...hour.refusals } }
    if (later !== undefined) {
      sums.admitted += later.admitted
      sums.peakSessions = Math.max(sums.peakSessions, later.peakSessions)
      for (const [code, count] of Object.entries(later.refusals) as [RefusalCode, number][]) {
        sums.refusals[code] = (sums.refusals[code] ?? 0) + count
      }
    }
    this.#waiting.set(nameOf(hour), sums)
  }
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_SECONDS) * HOUR_SECONDS
}

function nameOf({ apiKey, hour }: { readonly apiKey: string; readonly hour: number }): string {
  return `${hour} ${apiKey}`
}
