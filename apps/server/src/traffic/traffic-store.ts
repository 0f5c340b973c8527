import type { RefusalCode } from '@stagedoor/protocol'

export const HOUR_SECONDS = 3_600
/** How long hourly counts are kept, in seconds: 90 days. */
export const KEEP_HOURS_SECONDS = 90 * 86_400
/** Stands for all API keys together. */
export const ALL_API_KEYS = ''
/** The most rows that one clean-up deletes at a time: between two of them others get their turn. */
export const MAX_HOURS_DELETED_AT_ONCE = 1_000

/** What happened within an hour, of one API key or of {@link ALL_API_KEYS}. */
export interface HourCounts {
  readonly apiKey: string
  /** When the hour began, in seconds since 1970. */
  readonly hour: number
  /** Registrations that were admitted. */
  readonly admitted: number
  /** The most sessions that were open at the same time. */
  readonly peakSessions: number
  readonly refusals: Readonly<Partial<Record<RefusalCode, number>>>
}

export interface HoursQuery {
  /** Whose; of several the sums are answered. */
  readonly apiKeys: readonly string[]
  /** Hours that begin within this time, in seconds since 1970: from the first on, before the second. */
  readonly since: number
  readonly until: number
}

/** Where hourly counts are kept. */
export interface TrafficStore {
  /** Adds to what is counted already; the greater peak stays. Several processes may write the same hour. */
  addHours(hours: readonly HourCounts[]): Promise<void>
  /** The sums of each hour in which anything happened, the earliest first. */
  listHours(query: HoursQuery): Promise<readonly Omit<HourCounts, 'apiKey'>[]>
  /** The refusals of each API key by code, within a time. */
  sumRefusals(query: HoursQuery): Promise<readonly RefusalSum[]>
  /** The earliest hour of which anything is counted. */
  firstHour(): Promise<number | undefined>
  /** Deletes hours that began before then, {@link MAX_HOURS_DELETED_AT_ONCE} at the most. Answers whether there are more. */
  forgetHours(before: number): Promise<boolean>
}

export interface RefusalSum {
  readonly apiKey: string
  readonly code: RefusalCode
  readonly count: number
}
