import { RefusalBursts } from '../events/refusal-bursts.ts'
import type { Webhooks } from '../events/webhook/start-webhooks.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { LiveFeed } from '../operations/live-feed.ts'
import type { RefusalReport } from '../refusal-log/report.ts'
import type { History } from './start-history.ts'

/** Distributes refusals to the refusal log and the counts, followers of the API, webhooks, and metrics. */
export function recordRefusals(
  { refusals, refusalCounts, hourlyCounts }: Pick<History, 'refusals' | 'refusalCounts' | 'hourlyCounts'>,
  { announce, directory }: Pick<Webhooks, 'announce' | 'directory'>,
  live: LiveFeed,
  metrics: Metrics,
): (report: RefusalReport) => void {
  const bursts = new RefusalBursts(announce, (apiKey) => directory.whoWants(apiKey, 'refusals.burst').length > 0)
  return (report) => {
    refusals.note(report)
    refusalCounts.note(report)
    hourlyCounts.refused(report)
    live.refused(report)
    bursts.note(report)
    metrics.refused(report.code)
  }
}
