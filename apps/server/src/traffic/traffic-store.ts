import type { RefusalCode } from '@stagedoor/protocol'

export const HOUR_SECONDS = 3_600
/** How long hourly counts are kept, in seconds: 90 days. */
export const KEEP_HOURS_SECONDS = 90 * 86_400
/** Represents all API keys together. */
export const ALL_API_KEYS = ''
/** The most rows that one clean-up deletes at a time, so that others can run in between. */
export const MAX_HOURS_DELETED_AT_ONCE = 1_000

/** The counts of one hour, for one API key or {@link ALL_API_KEYS}. */
export interface HourCounts {
  readonly apiKey: string
  /** When the hour began, in seconds since 1970. */
  readonly hour: number
  /** Admitted registrations. */
  readonly admitted: number
  /** The most sessions open at the same time. */
  readonly peakSessions: number
  readonly refusals: Readonly<Partial<Record<RefusalCode, number>>>
}

export interface HoursQuery {
  /** The API keys; several are summed. */
  readonly apiKeys: readonly string[]
  /** Hours that begin within this period, in seconds since 1970: from the first, before the second. */
  readonly since: number
  readonly until: number
}

/** Stores hourly counts. */
export interface TrafficStore {
  /** Adds to the existing counts; the higher peak stays. Several processes can write the same hour. */
  addHours(hours: readonly HourCounts[]): Promise<void>
  /** The sums of each hour that is not empty, the earliest first. */
  listHours(query: HoursQuery): Promise<readonly Omit<HourCounts, 'apiKey'>[]>
  /** The refusals of each API key by code, within a period. */
  sumRefusals(query: HoursQuery): Promise<readonly RefusalSum[]>
  /** The earliest hour with counts. */
  firstHour(): Promise<number | undefined>
  /** Deletes hours that began before then, at most {@link MAX_HOURS_DELETED_AT_ONCE}. Returns whether there are more. */
  forgetHours(before: number): Promise<boolean>
}

export interface RefusalSum {
  readonly apiKey: string
  readonly code: RefusalCode
  readonly count: number
}
