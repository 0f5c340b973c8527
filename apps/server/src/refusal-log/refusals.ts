import type { RefusalCode } from '@stagedoor/protocol'
import type { RefusalRecord, RefusalReport } from './report.ts'

/**
 * The most records of one API key; those of all API keys that do not exist share as many. As many are kept beside them of attempts
 * without a signature that held: however many of those strangers make up, none of the others goes for them.
 */
export const MAX_REFUSALS_PER_API_KEY = 1_000
/** The most records in all; and as many beside them of attempts without a signature that held. */
export const MAX_REFUSALS = 10_000
/** How long after the first a refusal of the same kind counts as its repetition, in seconds. */
export const REPETITION_SECONDS = 3_600

export interface RefusalFilter {
  readonly apiKey?: string | undefined
  readonly code?: RefusalCode | undefined
  readonly userId?: string | undefined
  /** A part of the user id, in whatever case. */
  readonly search?: string | undefined
  /** Those that happened, or repeated, within this time, in seconds since 1970: from the first on, before the second. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** The most to answer. */
  readonly limit: number
}

interface Kept {
  record: RefusalRecord
  /** What its repetitions have in common. */
  readonly likeness: string
  /** The sets that it counts to, each with the most that it holds. */
  readonly bounds: readonly Bound[]
}

interface Bound {
  readonly most: number
  /** The one that was not repeated for the longest is the first. */
  readonly kept: Set<Kept>
}

/** The refusal log, in memory: the entry that was not repeated for the longest is dropped first. */
export class Refusals {
  readonly #isApiKey: (apiKey: string) => boolean
  readonly #kept = new Set<Kept>()
  readonly #bounds = new Map<string, Bound>()
  readonly #byId = new Map<string, Kept>()
  readonly #byLikeness = new Map<string, Kept>()

  constructor(isApiKey: (apiKey: string) => boolean) {
    this.#isApiKey = isApiKey
  }

  /** Keeps a refusal, or counts it to the one that it repeats. */
  note(report: RefusalReport): void {
    const likeness = likenessOf(report)
    const earlier = this.#byLikeness.get(likeness)
    if (earlier !== undefined && report.at - earlier.record.firstAt < REPETITION_SECONDS) this.#repeat(earlier, report)
    else this.#add(likeness, report)
  }

  /** Finds a record by the id of its first refusal or of its latest. */
  find(refusalId: string): RefusalRecord | undefined {
    return this.#byId.get(refusalId)?.record
  }

  /** The latest first, and how many there are without the limit. */
  list({ apiKey, code, userId, search, since, until, limit }: RefusalFilter): {
    readonly refusals: readonly RefusalRecord[]
    readonly total: number
  } {
    const part = search?.toLowerCase()
    const records = [...this.#kept].map(({ record }) => record).reverse()
    const found = records.filter(
      (record) =>
        (apiKey === undefined || record.apiKey === apiKey) &&
        (code === undefined || record.code === code) &&
        (userId === undefined || record.userId === userId) &&
        (part === undefined || record.userId.toLowerCase().includes(part)) &&
        (since === undefined || record.lastAt >= since) &&
        (until === undefined || record.firstAt < until),
    )
    return { refusals: found.slice(0, limit), total: found.length }
  }

  #add(likeness: string, { at, isProven, ...report }: RefusalReport): void {
    // Of API keys that do not exist, strangers can name as many as they like.
    const owner = this.#isApiKey(report.apiKey) ? report.apiKey : null
    const bounds = [this.#boundOf([isProven, owner], MAX_REFUSALS_PER_API_KEY), this.#boundOf([isProven], MAX_REFUSALS)]
    const record = { ...report, latestRefusalId: report.refusalId, firstAt: at, lastAt: at, count: 1 }
    const kept: Kept = { record, likeness, bounds }
    this.#byId.set(record.refusalId, kept)
    this.#byLikeness.set(likeness, kept)
    this.#file(kept)
    for (const { kept: among, most } of bounds) if (among.size > most) this.#forgetFirst(among)
  }

  #repeat(kept: Kept, { at, isProven: _same, ...latest }: RefusalReport): void {
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
  }

  #forgetFirst(among: ReadonlySet<Kept>): void {
    const [first] = among
    if (first === undefined) return
    this.#unfile(first)
    this.#byId.delete(first.record.refusalId)
    this.#byId.delete(first.record.latestRefusalId)
    if (this.#byLikeness.get(first.likeness) === first) this.#byLikeness.delete(first.likeness)
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
