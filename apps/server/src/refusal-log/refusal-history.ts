import { setImmediate as nextTurn } from 'node:timers/promises'
import { Flusher } from '../background/flusher.ts'
import type { Clock } from '../clock.ts'
import { StoreDownError } from '../store-down.ts'
import { addDiscarded, type RefusalBatch, RefusalQueue } from './refusal-queue.ts'
import type {
  Discarded,
  RefusalPageQuery,
  RefusalPlace,
  RefusalSelection,
  RefusalSort,
  RefusalStore,
} from './refusal-store.ts'
import type { Refusals } from './refusals.ts'
import type { RefusalRecord, RefusalReport } from './report.ts'
import { withoutControls } from './write-report.ts'

/** How soon a refusal is in the store, in seconds. */
export const WRITE_SECONDS = 1
/** The most refusals of one write. */
export const MAX_WRITTEN_AT_ONCE = 200
/** After how many written refusals the bounds of the store are looked after: they are exceeded by as many at the most. */
export const TRIM_AFTER = 1_000
/** For how long the end of the process waits for what is not written yet, in seconds. */
export const CLOSE_SECONDS = 5
/** The most that a list reads from the store at a time. */
const MAX_READ_AT_ONCE = 500

export interface RefusalHistoryOptions {
  /** The refusals in memory, which count repetitions. */
  readonly log: Refusals
  readonly store: RefusalStore
  readonly clock: Clock
  readonly keepSeconds: number
  /** Called with the first of several failures to write in a row. */
  readonly onError: (error: unknown) => void
  /** Called with the reason for which the store will not take a refusal, although it can be used. */
  readonly onSetAside: (error: unknown) => void
}

/** How complete a list is. */
export interface Completeness {
  /** From when on refusals are kept, in seconds since 1970. */
  readonly keptSince: number
  /** Those since then that a bound has dropped. */
  readonly discarded: Discarded | undefined
}

export interface RefusalList extends Completeness {
  readonly refusals: readonly RefusalRecord[]
  /** How many there are without the limit. */
  readonly total: number
}

/**
 * The refusal log, as it is asked: the latest from memory, the others from the store, where each is written soon after. Whoever is
 * refused waits for none of it.
 */
export class RefusalHistory {
  readonly #options: RefusalHistoryOptions
  readonly #queue = new RefusalQueue()
  readonly #flusher: Flusher
  readonly #startedAt: number
  /** API keys that were written since the bounds were last looked after, and how many refusals. */
  readonly #written = new Set<string>()
  #writtenCount = 0

  constructor(options: RefusalHistoryOptions) {
    const { clock, onError } = options
    this.#options = options
    this.#startedAt = clock.now()
    this.#flusher = new Flusher({ write: () => this.#write(), seconds: WRITE_SECONDS, clock, onError })
  }

  /** Keeps a refusal, or counts it to the one that it repeats. */
  note(report: RefusalReport): void {
    const { record, isProven, isOfApiKey } = this.#options.log.note(report)
    // Of API keys that do not exist, strangers can name as many as they like: those stay in memory.
    if (!isOfApiKey) return
    this.#queue.add(record, isProven)
    this.#flusher.wake()
  }

  /** Finds a refusal by the id of its first attempt or of its latest. */
  async find(refusalId: string): Promise<RefusalRecord | undefined> {
    const { log, store } = this.#options
    let found = log.find(refusalId)
    if (found === undefined) {
      await this.#flusher.flush()
      found = await store.findRefusal(withoutControls(refusalId))
    }
    return found !== undefined && found.lastAt >= this.#cutoff() ? found : undefined
  }

  /** One page of the refusals of API keys that exist, in any order. */
  async page(query: RefusalPageQuery): Promise<RefusalList> {
    const { store } = this.#options
    await this.#flusher.flush()
    const completeness = await this.#completenessOf(query.apiKey)
    const selection = this.#kept(query)
    const { sort, isDescending, after, limit } = query
    const refusals = await store.listRefusals({ ...selection, sort, isDescending, after, limit })
    return { ...completeness, refusals, total: await store.countRefusals(selection) }
  }

  placeOf(record: RefusalRecord, sort: RefusalSort): RefusalPlace {
    return this.#options.store.placeOf(record, sort)
  }

  /** The latest first, also those of API keys that do not exist. While the store is down, only what is in memory. */
  async list({ limit, ...selection }: RefusalSelection & { readonly limit: number }): Promise<RefusalList> {
    try {
      return await this.#listAll(selection, limit)
    } catch (error) {
      if (!(error instanceof StoreDownError)) throw error
      return this.#listFromMemory(selection, limit)
    }
  }

  /** Drops all of an API key that was deleted; the store has dropped it already. */
  forgetApiKey(apiKey: string): void {
    this.#queue.forget(apiKey)
    this.#options.log.forgetApiKey(apiKey)
  }

  /** Deletes what is kept no longer and what is beyond the bounds, a part at a time. */
  async cleanUp(): Promise<void> {
    const { store, log, clock } = this.#options
    log.forgetBefore(this.#cutoff())
    while (await store.forgetRefusals(this.#cutoff(), clock.now())) await nextTurn()
    await this.#trim()
  }

  /** Writes what is not written yet, for {@link CLOSE_SECONDS} at the most. */
  close(): Promise<void> {
    return this.#flusher.close(CLOSE_SECONDS)
  }

  async #write(): Promise<boolean> {
    const batch = this.#queue.take(MAX_WRITTEN_AT_ONCE)
    try {
      await this.#writeBatch(batch)
    } catch (error) {
      this.#queue.putBack(batch)
      throw error
    }
    for (const { record } of batch.refusals) this.#written.add(record.apiKey)
    this.#writtenCount += batch.refusals.length
    if (this.#writtenCount >= TRIM_AFTER) await this.#trim()
    return this.#queue.size > 0
  }

  async #writeBatch({ refusals, discarded }: RefusalBatch): Promise<void> {
    const { store, onSetAside } = this.#options
    try {
      await store.writeRefusals(refusals, discarded)
      return
    } catch (error) {
      if (error instanceof StoreDownError || refusals.length === 0) throw error
    }
    // A refusal that the store will not take must not keep the others back.
    for (const refusal of refusals) {
      try {
        await store.writeRefusals([refusal], new Map())
      } catch (error) {
        if (error instanceof StoreDownError) throw error
        onSetAside(error)
        this.#queue.discard(refusal.record)
      }
    }
    await store.writeRefusals([], discarded)
  }

  async #trim(): Promise<void> {
    const apiKeys = [...this.#written]
    this.#written.clear()
    this.#writtenCount = 0
    while (await this.#options.store.trimRefusals(apiKeys)) await nextTurn()
  }

  async #listAll(selection: RefusalSelection, limit: number): Promise<RefusalList> {
    const { store, log } = this.#options
    await this.#flusher.flush()
    const { keptSince, discarded } = await this.#completenessOf(selection.apiKey)
    const within = this.#kept(selection)
    const stored: RefusalRecord[] = []
    let after: RefusalPlace | undefined
    while (stored.length < limit) {
      const most = Math.min(MAX_READ_AT_ONCE, limit - stored.length)
      const part = await store.listRefusals({ ...within, sort: 'lastAt', isDescending: true, after, limit: most })
      stored.push(...part)
      const last = part.at(-1)
      if (last === undefined || part.length < most) break
      after = store.placeOf(last, 'lastAt')
      await nextTurn()
    }
    const strangers = log.list({ ...within, isOfStrangers: true, limit })
    const ofStrangers = selection.apiKey === undefined || strangers.total > 0 ? log.discarded(null) : undefined
    return {
      keptSince,
      discarded: ofStrangers === undefined ? discarded : addDiscarded(discarded, ofStrangers),
      refusals: mergeLatest(stored, strangers.refusals, limit),
      total: (await store.countRefusals(within)) + strangers.total,
    }
  }

  #listFromMemory(selection: RefusalSelection, limit: number): RefusalList {
    const { log } = this.#options
    const keptSince = Math.max(this.#startedAt, this.#cutoff())
    const { apiKey } = selection
    const discarded = apiKey === undefined ? log.discarded() : log.discarded(apiKey)
    return { ...log.list({ ...this.#kept(selection), limit }), keptSince, discarded }
  }

  async #completenessOf(apiKey: string | undefined): Promise<Completeness> {
    const { store } = this.#options
    const keptSince = Math.max(this.#cutoff(), (await store.refusalsKeptSince()) ?? this.#startedAt)
    return { keptSince, discarded: await store.discardedRefusals(apiKey, keptSince) }
  }

  /** A selection of what is kept still. What is kept holds no control characters, and is found by what it was made of. */
  #kept({ apiKey, code, userId, search, origin, since = 0, until }: RefusalSelection): RefusalSelection {
    return {
      apiKey,
      code,
      userId: userId && withoutControls(userId),
      search: search && withoutControls(search),
      origin: origin && withoutControls(origin),
      since: Math.max(since, this.#cutoff()),
      until,
    }
  }

  /** What ended before is kept no longer. */
  #cutoff(): number {
    return this.#options.clock.now() - this.#options.keepSeconds
  }
}

/** Two lists as one, the latest first. */
function mergeLatest(
  one: readonly RefusalRecord[],
  other: readonly RefusalRecord[],
  limit: number,
): readonly RefusalRecord[] {
  if (other.length === 0) return one
  return [...one, ...other].sort((first, second) => second.lastAt - first.lastAt).slice(0, limit)
}
