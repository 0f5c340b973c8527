import { RefusalBursts } from '../events/refusal-bursts.ts'
import type { Webhooks } from '../events/webhook/start-webhooks.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { LiveFeed } from '../operations/live-feed.ts'
import { RefusalCounts } from '../refusal-log/refusal-counts.ts'
import { Refusals } from '../refusal-log/refusals.ts'
import type { RefusalReport } from '../refusal-log/report.ts'

export interface RefusalRecords {
  readonly refusals: Refusals
  readonly refusalCounts: RefusalCounts
  readonly recordRefusal: (report: RefusalReport) => void
}

/** Where refusals go: the refusal log and its counts, followers of the API, webhooks, and metrics. */
export function recordRefusals(
  keyring: Pick<Keyring, 'find'>,
  { announce, directory }: Pick<Webhooks, 'announce' | 'directory'>,
  live: LiveFeed,
  metrics: Metrics,
): RefusalRecords {
  const isApiKey = (apiKey: string) => keyring.find(apiKey) !== undefined
  const refusals = new Refusals(isApiKey)
  const refusalCounts = new RefusalCounts(isApiKey)
  const bursts = new RefusalBursts(announce, (apiKey) => directory.whoWants(apiKey, 'refusals.burst').length > 0)
  return {
    refusals,
    refusalCounts,
    recordRefusal(report) {
      refusals.note(report)
      refusalCounts.note(report)
      live.refused(report)
      bursts.note(report)
      metrics.refused(report.code)
    },
  }
}
