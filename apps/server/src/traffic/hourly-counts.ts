import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RefusalCode } from '@stagedoor/protocol'
import { Flusher } from '../background/flusher.ts'
import type { Clock } from '../clock.ts'
import { ALL_API_KEYS, HOUR_SECONDS, KEEP_HOURS_SECONDS, type TrafficStore } from './traffic-store.ts'

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

/** What is counted of one API key, or of {@link ALL_API_KEYS}. */
interface Tally {
  live: number
  /** The peak that was counted last, and its hour: sessions that stay open are counted once an hour. */
  peak: number
  peakHour: number
  /** Its latest hour, until that is written. */
  waiting: WaitingHour | undefined
}

/** Counts by the hour, per API key and in total, and writes the counts in the background. */
export class HourlyCounts {
  readonly #options: HourlyCountsOptions
  readonly #flusher: Flusher
  readonly #tallies = new Map<string, Tally>()
  /** Counts of the same hour can be in here several times after a write has failed. */
  readonly #waiting = new Set<WaitingHour>()

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
    const hour = this.#hour()
    this.#opened(apiKey, hour)
    this.#opened(ALL_API_KEYS, hour)
  }

  /** A session ended. */
  closed(apiKey: string): void {
    const hour = this.#hour()
    this.#closed(apiKey, hour)
    this.#closed(ALL_API_KEYS, hour)
  }

  refused({ apiKey, code }: { readonly apiKey: string; readonly code: RefusalCode }): void {
    if (!this.#options.isApiKey(apiKey)) return
    const hour = this.#hour()
    this.#refused(apiKey, code, hour)
    this.#refused(ALL_API_KEYS, code, hour)
  }

  /** Writes all counts up to now, as far as the store accepts them, so that a read includes them. */
  flush(): Promise<void> {
    return this.#flusher.flush()
  }

  /** Drops the counts of a deleted API key. */
  forgetApiKey(apiKey: string): void {
    const tally = this.#tallies.get(apiKey)
    if (tally !== undefined) tally.waiting = undefined
    for (const hour of this.#waiting) if (hour.apiKey === apiKey) this.#waiting.delete(hour)
  }

  /** Deletes hours older than {@link KEEP_HOURS_SECONDS}, a part at a time. */
  async cleanUp(): Promise<void> {
    const { store, clock } = this.#options
    while (await store.forgetHours(hourOf(clock.now() - KEEP_HOURS_SECONDS))) await nextTurn()
  }

  close(): Promise<void> {
    return this.#flusher.close(CLOSE_SECONDS)
  }

  // On the path of every admission: no object is created but for the first of an hour.
  #opened(name: string, hour: number): void {
    const tally = this.#tallyOf(name)
    tally.live++
    const waiting = this.#waitingOf(name, tally, hour)
    if (waiting !== undefined) waiting.admitted++
    this.#recordPeak(name, tally, hour)
  }

  #closed(name: string, hour: number): void {
    const tally = this.#tallyOf(name)
    this.#recordPeak(name, tally, hour)
    tally.live = Math.max(0, tally.live - 1)
  }

  #refused(name: string, code: RefusalCode, hour: number): void {
    const refusals = this.#waitingOf(name, this.#tallyOf(name), hour)?.refusals
    if (refusals !== undefined) refusals[code] = (refusals[code] ?? 0) + 1
  }

  /** Sessions that stay open are the peak of an hour in which none is opened. */
  #recordPeak(name: string, tally: Tally, hour: number): void {
    const { live, peak, peakHour } = tally
    if (live === 0 || (peakHour === hour && peak >= live)) return
    tally.peak = live
    tally.peakHour = hour
    const waiting = this.#waitingOf(name, tally, hour)
    if (waiting !== undefined) waiting.peakSessions = Math.max(waiting.peakSessions, live)
  }

  #tallyOf(name: string): Tally {
    let tally = this.#tallies.get(name)
    if (tally === undefined) {
      tally = { live: 0, peak: 0, peakHour: 0, waiting: undefined }
      this.#tallies.set(name, tally)
    }
    return tally
  }

  /** The counts of the hour; nothing if too many wait. */
  #waitingOf(apiKey: string, tally: Tally, hour: number): WaitingHour | undefined {
    if (tally.waiting?.hour !== hour) {
      if (this.#waiting.size >= MAX_HOURS_WAITING) return undefined
      tally.waiting = { apiKey, hour, admitted: 0, peakSessions: 0, refusals: {} }
      this.#waiting.add(tally.waiting)
      this.#flusher.wake()
    }
    return tally.waiting
  }

  async #write(): Promise<boolean> {
    this.#tidy()
    const batch = this.#take()
    try {
      await this.#options.store.addHours(batch)
    } catch (error) {
      for (const hour of batch) this.#waiting.add(hour)
      throw error
    }
    // As long as sessions are open, the next hour has a peak.
    if ((this.#tallies.get(ALL_API_KEYS)?.live ?? 0) > 0) this.#flusher.wake()
    return this.#waiting.size > 0
  }

  /** Records the peaks of an hour that has begun, and forgets API keys of which there is nothing to count. */
  #tidy(): void {
    const hour = this.#hour()
    for (const [name, tally] of this.#tallies) {
      this.#recordPeak(name, tally, hour)
      if (tally.live === 0 && tally.peakHour !== hour) this.#tallies.delete(name)
    }
  }

  /** Removes the next counts to write, those of the same hour of an API key together. */
  #take(): readonly WaitingHour[] {
    const batch = new Map<string, WaitingHour>()
    for (const hour of this.#waiting) {
      const name = `${hour.hour} ${hour.apiKey}`
      const earlier = batch.get(name)
      if (earlier === undefined && batch.size === MAX_HOURS_OF_WRITE) break
      this.#waiting.delete(hour)
      const tally = this.#tallies.get(hour.apiKey)
      if (tally?.waiting === hour) tally.waiting = undefined
      if (earlier === undefined) batch.set(name, hour)
      else add(earlier, hour)
    }
    return [...batch.values()]
  }

  #hour(): number {
    return hourOf(this.#options.clock.now())
  }
}

/** Adds later counts of the same hour. */
function add(sums: WaitingHour, { admitted, peakSessions, refusals }: WaitingHour): void {
  sums.admitted += admitted
  sums.peakSessions = Math.max(sums.peakSessions, peakSessions)
  for (const [code, count] of Object.entries(refusals) as [RefusalCode, number][]) {
    sums.refusals[code] = (sums.refusals[code] ?? 0) + count
  }
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_SECONDS) * HOUR_SECONDS
}
