import { addDiscarded } from './refusal-queue.ts'
import type { Discarded, RefusalSelection } from './refusal-store.ts'
import type { RefusalRecord, RefusalReport } from './report.ts'

/**
 * The most refusals of one API key; all unknown API keys together have the same limit. Attempts without a valid signature have a separate
 * limit of the same size, so however many strangers make up, they never displace the others.
 */
export const MAX_REFUSALS_PER_API_KEY = 1_000
/** The most refusals in total, with a separate limit of the same size for attempts without a valid signature. */
export const MAX_REFUSALS = 10_000
/** How long after the first a refusal of the same kind counts as a repetition, in seconds. */
export const REPETITION_SECONDS = 3_600

export interface RefusalFilter extends RefusalSelection {
  /** Only those of unknown API keys. */
  readonly isOfStrangers?: boolean | undefined
  /** The most to return. */
  readonly limit: number
}

/** A refusal that was just recorded, in its current state. */
export interface NotedRefusal {
  readonly record: RefusalRecord
  readonly isProven: boolean
  /** Whether its API key exists. */
  readonly isOfApiKey: boolean
}

interface Kept {
  record: RefusalRecord
  /** What its repetitions have in common. */
  readonly likeness: string
  /** The API key, if it exists. */
  readonly owner: string | null
  /** The sets to which it belongs, each with its limit. */
  readonly bounds: readonly Bound[]
}

interface Bound {
  readonly most: number
  /** The one with the oldest last repetition comes first. */
  readonly kept: Set<Kept>
}

/** The refusal log in memory: the entry with the oldest last repetition is dropped first. */
export class Refusals {
  readonly #isApiKey: (apiKey: string) => boolean
  readonly #kept = new Set<Kept>()
  readonly #bounds = new Map<string, Bound>()
  readonly #byId = new Map<string, Kept>()
  readonly #byLikeness = new Map<string, Kept>()
  /** How many were dropped by the limits, per API key, and for all unknown ones together. */
  readonly #discarded = new Map<string | null, Discarded>()

  constructor(isApiKey: (apiKey: string) => boolean) {
    this.#isApiKey = isApiKey
  }

  /** Records a refusal, or counts it as a repetition. */
  note(report: RefusalReport): NotedRefusal {
    const likeness = likenessOf(report)
    const earlier = this.#byLikeness.get(likeness)
    const isRepetition = earlier !== undefined && report.at - earlier.record.firstAt < REPETITION_SECONDS
    const { record, owner } = isRepetition ? this.#repeat(earlier, report) : this.#add(likeness, report)
    return { record, isProven: report.isProven, isOfApiKey: owner !== null }
  }

  /** Finds a refusal by its first or latest id. */
  find(refusalId: string): RefusalRecord | undefined {
    return this.#byId.get(refusalId)?.record
  }

  /** The latest first, and how many there are without the limit. */
  list({ apiKey, code, userId, search, origin, since, until, isOfStrangers, limit }: RefusalFilter): {
    readonly refusals: readonly RefusalRecord[]
    readonly total: number
  } {
    const part = search?.toLowerCase()
    const among = isOfStrangers === true ? [...this.#kept].filter(({ owner }) => owner === null) : [...this.#kept]
    const records = among.map(({ record }) => record).reverse()
    const found = records.filter(
      (record) =>
        (apiKey === undefined || record.apiKey === apiKey) &&
        (code === undefined || record.code === code) &&
        (userId === undefined || record.userId === userId) &&
        (origin === undefined || record.origin === origin) &&
        (part === undefined || record.userId.toLowerCase().includes(part)) &&
        (since === undefined || record.lastAt >= since) &&
        (until === undefined || record.firstAt < until),
    )
    return { refusals: found.slice(0, limit), total: found.length }
  }

  /** How many were dropped by the limits: of an API key, of unknown ones (`null`), or of all. */
  discarded(owner?: string | null): Discarded | undefined {
    if (owner !== undefined) return this.#discarded.get(owner)
    let sum: Discarded | undefined
    for (const what of this.#discarded.values()) sum = addDiscarded(sum, what)
    return sum
  }

  /** Drops all refusals of a deleted API key. */
  forgetApiKey(apiKey: string): void {
    for (const kept of this.#kept) if (kept.record.apiKey === apiKey) this.#forget(kept)
    this.#discarded.delete(apiKey)
  }

  /** Drops those that ended before then. */
  forgetBefore(before: number): void {
    for (const kept of this.#kept) {
      // They are in the order in which they ended.
      if (kept.record.lastAt >= before) break
      this.#forget(kept)
    }
  }

  #add(likeness: string, { at, isProven, ...report }: RefusalReport): Kept {
    // Strangers can name any number of unknown API keys.
    const owner = this.#isApiKey(report.apiKey) ? report.apiKey : null
    const bounds = [this.#boundOf([isProven, owner], MAX_REFUSALS_PER_API_KEY), this.#boundOf([isProven], MAX_REFUSALS)]
    const record = { ...report, latestRefusalId: report.refusalId, firstAt: at, lastAt: at, count: 1 }
    const kept: Kept = { record, likeness, owner, bounds }
    this.#byId.set(record.refusalId, kept)
    this.#byLikeness.set(likeness, kept)
    this.#file(kept)
    for (const { kept: among, most } of bounds) if (among.size > most) this.#discardFirst(among)
    return kept
  }

  #repeat(kept: Kept, { at, isProven: _same, ...latest }: RefusalReport): Kept {
    const { refusalId, latestRefusalId, firstAt, count } = kept.record
    if (latestRefusalId !== refusalId) this.#byId.delete(latestRefusalId)
    this.#byId.set(latest.refusalId, kept)
    kept.record = {
      ...latest,
      refusalId,
      latestRefusalId: latest.refusalId,
      firstAt,
      lastAt: at,
      count: count + 1,
    }
    this.#unfile(kept)
    this.#file(kept)
    return kept
  }

  #discardFirst(among: ReadonlySet<Kept>): void {
    const [first] = among
    if (first === undefined) return
    const { owner, record } = first
    const { firstAt, lastAt } = record
    this.#discarded.set(owner, addDiscarded(this.#discarded.get(owner), { count: 1, firstAt, lastAt }))
    this.#forget(first)
  }

  #forget(kept: Kept): void {
    this.#unfile(kept)
    this.#byId.delete(kept.record.refusalId)
    this.#byId.delete(kept.record.latestRefusalId)
    if (this.#byLikeness.get(kept.likeness) === kept) this.#byLikeness.delete(kept.likeness)
  }

  #file(kept: Kept): void {
    this.#kept.add(kept)
    for (const bound of kept.bounds) bound.kept.add(kept)
  }

  #unfile(kept: Kept): void {
    this.#kept.delete(kept)
    for (const bound of kept.bounds) bound.kept.delete(kept)
  }

  #boundOf(of: readonly (boolean | string | null)[], most: number): Bound {
    const name = JSON.stringify(of)
    const bound = this.#bounds.get(name) ?? { most, kept: new Set() }
    this.#bounds.set(name, bound)
    return bound
  }
}

function likenessOf({ apiKey, userId, code, address, origin, isProven }: RefusalReport): string {
  return JSON.stringify([isProven, apiKey, userId, code, address, origin])
}
