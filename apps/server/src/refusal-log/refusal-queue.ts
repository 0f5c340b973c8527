import type { Discarded, RefusalToWrite } from './refusal-store.ts'
import type { RefusalRecord } from './report.ts'

/**
 * The most refusals of one API key that wait to be written; others are counted and dropped. Attempts without a valid signature have a
 * separate limit of the same size.
 */
export const MAX_WAITING_PER_API_KEY = 200
/** The most that wait in total, with a separate limit of the same size for attempts without a valid signature. */
export const MAX_WAITING = 2_000

export interface RefusalBatch {
  readonly refusals: readonly RefusalToWrite[]
  readonly discarded: ReadonlyMap<string, Discarded>
}

/** Refusals that wait to be written, each once and in its latest state. One API key never delays another. */
export class RefusalQueue {
  readonly #proven = new Lane()
  readonly #others = new Lane()
  #discarded = new Map<string, Discarded>()

  get size(): number {
    return this.#proven.size + this.#others.size + this.#discarded.size
  }

  add(record: RefusalRecord, isProven: boolean): void {
    if (this.#laneOf(isProven).add(record)) return
    this.discard(record)
  }

  /** Counts a refusal that will not be written. */
  discard({ apiKey, firstAt, lastAt }: RefusalRecord): void {
    this.#addDiscarded(apiKey, { count: 1, firstAt, lastAt })
  }

  /** Removes the next refusals to write: those with a valid signature first, from each API key in turn. */
  take(most: number): RefusalBatch {
    const proven = this.#proven.take(most)
    const others = this.#others.take(most - proven.length)
    const discarded = this.#discarded
    this.#discarded = new Map()
    const refusals = [
      ...proven.map((record) => ({ record, isProven: true })),
      ...others.map((record) => ({ record, isProven: false })),
    ]
    return { refusals, discarded }
  }

  /** Puts back refusals that could not be written, unless there is a later state. */
  putBack({ refusals, discarded }: RefusalBatch): void {
    for (const { record, isProven } of refusals) this.#laneOf(isProven).putBack(record)
    for (const [apiKey, what] of discarded) this.#addDiscarded(apiKey, what)
  }

  forget(apiKey: string): void {
    this.#proven.forget(apiKey)
    this.#others.forget(apiKey)
    this.#discarded.delete(apiKey)
  }

  #laneOf(isProven: boolean): Lane {
    return isProven ? this.#proven : this.#others
  }

  #addDiscarded(apiKey: string, what: Discarded): void {
    this.#discarded.set(apiKey, addDiscarded(this.#discarded.get(apiKey), what))
  }
}

/** How many were dropped in total. */
export function addDiscarded(one: Discarded | undefined, other: Discarded): Discarded {
  if (one === undefined) return other
  return {
    count: one.count + other.count,
    firstAt: Math.min(one.firstAt, other.firstAt),
    lastAt: Math.max(one.lastAt, other.lastAt),
  }
}

/** By API key and id. */
class Lane {
  readonly #waiting = new Map<string, Map<string, RefusalRecord>>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Returns whether there was room for it. */
  add(record: RefusalRecord): boolean {
    const siblings = this.#waiting.get(record.apiKey)
    const isNew = siblings?.has(record.refusalId) !== true
    if (isNew && ((siblings?.size ?? 0) >= MAX_WAITING_PER_API_KEY || this.#size >= MAX_WAITING)) return false
    this.#set(record, siblings)
    return true
  }

  putBack(record: RefusalRecord): void {
    const siblings = this.#waiting.get(record.apiKey)
    if (siblings?.has(record.refusalId) !== true) this.#set(record, siblings)
  }

  take(most: number): readonly RefusalRecord[] {
    const taken: RefusalRecord[] = []
    // An API key that had its turn moves to the end, and is visited again before the loop ends.
    for (const [apiKey, siblings] of this.#waiting) {
      const [first] = siblings.values()
      if (taken.length === most || first === undefined) break
      taken.push(first)
      siblings.delete(first.refusalId)
      this.#size--
      this.#waiting.delete(apiKey)
      if (siblings.size > 0) this.#waiting.set(apiKey, siblings)
    }
    return taken
  }

  forget(apiKey: string): void {
    this.#size -= this.#waiting.get(apiKey)?.size ?? 0
    this.#waiting.delete(apiKey)
  }

  #set(record: RefusalRecord, siblings = new Map<string, RefusalRecord>()): void {
    if (!siblings.has(record.refusalId)) this.#size++
    this.#waiting.set(record.apiKey, siblings.set(record.refusalId, record))
  }
}
