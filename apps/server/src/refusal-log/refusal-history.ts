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

/** The delay before a refusal is written to the store, in seconds. */
export const WRITE_SECONDS = 1
/** The most refusals in one write. */
export const MAX_WRITTEN_AT_ONCE = 200
/** The number of writes after which the store's limits are enforced: they are exceeded by at most as many. */
export const TRIM_AFTER = 1_000
/** How long shutdown waits for pending refusals, in seconds. */
export const CLOSE_SECONDS = 5
/** The most refusals that a list reads from the store at a time. */
const MAX_READ_AT_ONCE = 500

export interface RefusalHistoryOptions {
  /** The refusals in memory, which count repetitions. */
  readonly log: Refusals
  readonly store: RefusalStore
  readonly clock: Clock
  readonly keepSeconds: number
  /** Called for the first of several failed writes in a row. */
  readonly onError: (error: unknown) => void
  /** Called with the reason if the store is available but rejects a refusal. */
  readonly onSetAside: (error: unknown) => void
}

/** How complete a list is. */
export interface Completeness {
  /** Since when refusals are kept, in seconds since 1970. */
  readonly keptSince: number
  /** How many since then were dropped by a limit. */
  readonly discarded: Discarded | undefined
}

export interface RefusalList extends Completeness {
  readonly refusals: readonly RefusalRecord[]
  /** How many there are without the limit. */
  readonly total: number
}

/**
 * The refusal log for queries: the latest refusals from memory, the others from the store, to which each is written in the background.
 * Refused clients never wait for it.
 */
export class RefusalHistory {
  readonly #options: RefusalHistoryOptions
  readonly #queue = new RefusalQueue()
  readonly #flusher: Flusher
  readonly #startedAt: number
  /** The API keys and the number of refusals written since the limits were last enforced. */
  readonly #written = new Set<string>()
  #writtenCount = 0

  constructor(options: RefusalHistoryOptions) {
    const { clock, onError } = options
    this.#options = options
    this.#startedAt = clock.now()
    this.#flusher = new Flusher({ write: () => this.#write(), seconds: WRITE_SECONDS, clock, onError })
  }

  /** Records a refusal, or counts it as a repetition. */
  note(report: RefusalReport): void {
    const { record, isProven, isOfApiKey } = this.#options.log.note(report)
    // Strangers can name any number of unknown API keys: their refusals stay in memory.
    if (!isOfApiKey) return
    this.#queue.add(record, isProven)
    this.#flusher.wake()
  }

  /** Finds a refusal by the id of its first or latest attempt. */
  async find(refusalId: string): Promise<RefusalRecord | undefined> {
    const { log, store } = this.#options
    let found = log.find(refusalId)
    if (found === undefined) {
      await this.#flusher.flush()
      found = await store.findRefusal(withoutControls(refusalId))
    }
    return found !== undefined && found.lastAt >= this.#cutoff() ? found : undefined
  }

  /** One page of the refusals of existing API keys, in any order. */
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

  /** The latest first, including those of unknown API keys. While the store is down, only those in memory. */
  async list({ limit, ...selection }: RefusalSelection & { readonly limit: number }): Promise<RefusalList> {
    try {
      return await this.#listAll(selection, limit)
    } catch (error) {
      if (!(error instanceof StoreDownError)) throw error
      return this.#listFromMemory(selection, limit)
    }
  }

  /** Drops all refusals of a deleted API key; the store has already dropped them. */
  forgetApiKey(apiKey: string): void {
    this.#queue.forget(apiKey)
    this.#options.log.forgetApiKey(apiKey)
  }

  /** Deletes expired refusals and those beyond the limits, a part at a time. */
  async cleanUp(): Promise<void> {
    const { store, log, clock } = this.#options
    log.forgetBefore(this.#cutoff())
    while (await store.forgetRefusals(this.#cutoff(), clock.now())) await nextTurn()
    await this.#trim()
  }

  /** Writes pending refusals, for at most {@link CLOSE_SECONDS}. */
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
    // A refusal that the store rejects must not block the others.
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

  /** Restricts a selection to what is still kept. Stored texts contain no control characters, so they are removed from the query too. */
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

  /** Refusals that ended before this time are not kept any more. */
  #cutoff(): number {
    return this.#options.clock.now() - this.#options.keepSeconds
  }
}

/** Merges two lists, the latest first. */
function mergeLatest(
  one: readonly RefusalRecord[],
  other: readonly RefusalRecord[],
  limit: number,
): readonly RefusalRecord[] {
  if (other.length === 0) return one
  return [...one, ...other].sort((first, second) => second.lastAt - first.lastAt).slice(0, limit)
}
