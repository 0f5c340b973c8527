import type { RefusalCode } from '@stagedoor/protocol'
import type { HourlyCounts } from './hourly-counts.ts'
import { HOUR_SECONDS, KEEP_HOURS_SECONDS, type TrafficStore } from './traffic-store.ts'

/** The counts of one step. */
export interface StepCounts {
  /** When it begins, in seconds since 1970. */
  readonly at: number
  readonly admitted: number
  readonly peakSessions: number
  readonly refusals: Partial<Record<RefusalCode, number>>
}

export interface CountsQuestion {
  /** The API keys; several are summed. */
  readonly apiKeys: readonly string[]
  readonly since: number
  readonly until: number
  /** Whole hours, in seconds. */
  readonly step: number
}

/** Reads the hourly counts, summed by longer steps. */
export type ReadCounts = (question: CountsQuestion) => Promise<{
  /** Every step from the one of `since` to the last that begins before `until`, including empty ones. */
  readonly steps: readonly StepCounts[]
  /** The time since when there are counts. */
  readonly countedSince: number
}>

export function createReadCounts(
  counts: Pick<HourlyCounts, 'flush'>,
  store: Pick<TrafficStore, 'listHours' | 'firstHour'>,
  now: () => number,
): ReadCounts {
  return async ({ apiKeys, since, until, step }) => {
    await counts.flush()
    const first = startOf(since, step)
    const steps = new Map<number, Required<StepCounts>>()
    for (let at = first; at < until; at += step) steps.set(at, { at, admitted: 0, peakSessions: 0, refusals: {} })
    for (const { hour, admitted, peakSessions, refusals } of await store.listHours({ apiKeys, since: first, until })) {
      const before = steps.get(startOf(hour, step))
      if (before === undefined) continue
      for (const [code, count] of Object.entries(refusals) as [RefusalCode, number][]) {
        before.refusals[code] = (before.refusals[code] ?? 0) + count
      }
      steps.set(before.at, {
        ...before,
        admitted: before.admitted + admitted,
        peakSessions: Math.max(before.peakSessions, peakSessions),
      })
    }
    const firstHour = (await store.firstHour()) ?? startOf(now(), HOUR_SECONDS)
    return { steps: [...steps.values()], countedSince: Math.max(firstHour, now() - KEEP_HOURS_SECONDS) }
  }
}

function startOf(at: number, step: number): number {
  return Math.floor(at / step) * step
}
