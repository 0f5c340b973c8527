import type { RefusalCode } from '@stagedoor/protocol'
import type { RefusalRecord } from './report.ts'

/**
 * The most refusals of one API key in the store. Attempts without a valid signature have a separate limit of the same size, so that they
 * never displace the others.
 */
export const MAX_STORED_PER_API_KEY = 5_000
/** The most in total, with a separate limit of the same size for attempts without a valid signature. */
export const MAX_STORED = 50_000
/** The most rows that one clean-up deletes at a time, so that others can run in between. */
export const MAX_DELETED_AT_ONCE = 500

export const REFUSAL_SORTS = ['lastAt', 'firstAt', 'count', 'userId', 'code'] as const
export type RefusalSort = (typeof REFUSAL_SORTS)[number]

/** A refusal to write, in its latest state. */
export interface RefusalToWrite {
  readonly record: RefusalRecord
  readonly isProven: boolean
}

/** Refusals dropped by a limit. Times are seconds since 1970. */
export interface Discarded {
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
}

export interface RefusalSelection {
  readonly apiKey?: string | undefined
  readonly code?: RefusalCode | undefined
  readonly userId?: string | undefined
  /** A part of the user id, ignoring case. */
  readonly search?: string | undefined
  readonly origin?: string | undefined
  /** Those that happened, or repeated, within this period, in seconds since 1970: from the first, before the second. */
  readonly since?: number | undefined
  readonly until?: number | undefined
}

/** Where one page of a list ends: the sort value and the id of its last refusal. */
export type RefusalPlace = readonly [value: string | number, refusalId: string]

export interface RefusalPageQuery extends RefusalSelection {
  readonly sort: RefusalSort
  readonly isDescending: boolean
  readonly after?: RefusalPlace | undefined
  readonly limit: number
}

/** Stores refusals for a limited time. */
export interface RefusalStore {
  /** Adds refusals, or replaces their earlier state. Those of unknown API keys are omitted. */
  writeRefusals(batch: readonly RefusalToWrite[], discarded: ReadonlyMap<string, Discarded>): Promise<void>
  /** Finds a refusal by its first or latest id. */
  findRefusal(refusalId: string): Promise<RefusalRecord | undefined>
  listRefusals(query: RefusalPageQuery): Promise<readonly RefusalRecord[]>
  countRefusals(selection: RefusalSelection): Promise<number>
  /** The position of a refusal in a list with that order. */
  placeOf(record: RefusalRecord, sort: RefusalSort): RefusalPlace
  /** Deletes refusals beyond the limits, the oldest first and at most {@link MAX_DELETED_AT_ONCE}. Returns whether there are more. */
  trimRefusals(apiKeys: readonly string[]): Promise<boolean>
  /** Deletes those that ended before then, at most {@link MAX_DELETED_AT_ONCE}. Returns whether there are more. */
  forgetRefusals(before: number, now: number): Promise<boolean>
  /** Since when refusals are kept, in seconds since 1970; undefined before the first clean-up. */
  refusalsKeptSince(): Promise<number | undefined>
  /** How many were dropped by a limit since then: of an API key, or of all. */
  discardedRefusals(apiKey: string | undefined, since: number): Promise<Discarded | undefined>
}
