import type { RefusalCode } from '@stagedoor/protocol'
import type { RefusalRecord } from './report.ts'

/**
 * The most refusals that the store keeps of one API key. As many are kept beside them of attempts without a signature that held, so
 * that none of the others goes for those.
 */
export const MAX_STORED_PER_API_KEY = 5_000
/** The most that it keeps in all, and as many beside them of attempts without a signature that held. */
export const MAX_STORED = 50_000
/** The most rows that one clean-up deletes at a time: between two of them others get their turn. */
export const MAX_DELETED_AT_ONCE = 500

export const REFUSAL_SORTS = ['lastAt', 'firstAt', 'count', 'userId', 'code'] as const
export type RefusalSort = (typeof REFUSAL_SORTS)[number]

/** A refusal to write, in its latest state. */
export interface RefusalToWrite {
  readonly record: RefusalRecord
  readonly isProven: boolean
}

/** Refusals that a bound has dropped. Times are seconds since 1970. */
export interface Discarded {
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
}

export interface RefusalSelection {
  readonly apiKey?: string | undefined
  readonly code?: RefusalCode | undefined
  readonly userId?: string | undefined
  /** A part of the user id, in whatever case. */
  readonly search?: string | undefined
  readonly origin?: string | undefined
  /** Those that happened, or repeated, within this time, in seconds since 1970: from the first on, before the second. */
  readonly since?: number | undefined
  readonly until?: number | undefined
}

/** Where one page of a list ends: what the last refusal on it is sorted by, and its id. */
export type RefusalPlace = readonly [value: string | number, refusalId: string]

export interface RefusalPageQuery extends RefusalSelection {
  readonly sort: RefusalSort
  readonly isDescending: boolean
  readonly after?: RefusalPlace | undefined
  readonly limit: number
}

/** Where refusals are kept for a time. */
export interface RefusalStore {
  /** Adds refusals, or puts them in the place of their earlier state. Those of API keys that do not exist are left out. */
  writeRefusals(batch: readonly RefusalToWrite[], discarded: ReadonlyMap<string, Discarded>): Promise<void>
  /** Finds a refusal by its first id or its latest. */
  findRefusal(refusalId: string): Promise<RefusalRecord | undefined>
  listRefusals(query: RefusalPageQuery): Promise<readonly RefusalRecord[]>
  countRefusals(selection: RefusalSelection): Promise<number>
  /** Where a refusal stands in a list that is sorted so. */
  placeOf(record: RefusalRecord, sort: RefusalSort): RefusalPlace
  /** Deletes refusals beyond the bounds, the oldest first and {@link MAX_DELETED_AT_ONCE} at the most. Answers whether there are more. */
  trimRefusals(apiKeys: readonly string[]): Promise<boolean>
  /** Deletes those that ended before then, {@link MAX_DELETED_AT_ONCE} at the most. Answers whether there are more. */
  forgetRefusals(before: number, now: number): Promise<boolean>
  /** From when on refusals are kept at all, in seconds since 1970; nothing before the first clean-up. */
  refusalsKeptSince(): Promise<number | undefined>
  /** What a bound has dropped since then: of an API key, or of all. */
  discardedRefusals(apiKey: string | undefined, since: number): Promise<Discarded | undefined>
}
