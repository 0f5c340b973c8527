import type { RefusalCode } from '@stagedoor/protocol'
import type { RefusalRecord, RefusalReport } from './report.ts'

/** The most records of one API key; those of all API keys that do not exist share as many. */
export const MAX_REFUSALS_PER_API_KEY = 1_000
/** The most records in all. */
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
  /** The API key, or nothing for those that do not exist: strangers can name as many of them as they like. */
  readonly owner: string | undefined
}

/** The refusals of late, in memory: the one that was not repeated for the longest goes first. */
export class Refusals {
  readonly #isApiKey: (apiKey: string) => boolean
  readonly #kept = new Set<Kept>()
  readonly #ofOwner = new Map<string | undefined, Set<Kept>>()
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

  #add(likeness: string, { at, ...report }: RefusalReport): void {
    const owner = this.#isApiKey(report.apiKey) ? report.apiKey : undefined
    const record = { ...report, latestRefusalId: report.refusalId, firstAt: at, lastAt: at, count: 1 }
    const kept: Kept = { record, likeness, owner }
    this.#byId.set(record.refusalId, kept)
    this.#byLikeness.set(likeness, kept)
    this.#file(kept)
    const siblings = this.#siblingsOf(kept)
    if (siblings.size > MAX_REFUSALS_PER_API_KEY) this.#forgetFirst(siblings)
    if (this.#kept.size > MAX_REFUSALS) this.#forgetFirst(this.#kept)
  }

  #repeat(kept: Kept, { at, ...latest }: RefusalReport): void {
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
    this.#siblingsOf(kept).add(kept)
  }

  #unfile(kept: Kept): void {
    this.#kept.delete(kept)
    this.#siblingsOf(kept).delete(kept)
  }

  #siblingsOf({ owner }: Kept): Set<Kept> {
    const siblings = this.#ofOwner.get(owner) ?? new Set()
    this.#ofOwner.set(owner, siblings)
    return siblings
  }
}

function likenessOf({ apiKey, userId, code, address, origin }: RefusalReport): string {
  return JSON.stringify([apiKey, userId, code, address, origin])
}
