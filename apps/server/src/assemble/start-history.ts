import type { Clock } from '../clock.ts'
import type { Log } from '../observe/log.ts'
import type { RecordKind } from '../observe/record-kind.ts'
import type { Operations } from '../operations/operations.ts'
import { RefusalCounts } from '../refusal-log/refusal-counts.ts'
import { RefusalHistory } from '../refusal-log/refusal-history.ts'
import { Refusals } from '../refusal-log/refusals.ts'
import { StoreDownError } from '../store-down.ts'
import { HourlyCounts } from '../traffic/hourly-counts.ts'
import { createReadCounts } from '../traffic/read-counts.ts'
import type { Storage } from './open-storage.ts'
import type { Shutdown } from './shutdown.ts'

export interface HistoryOptions {
  readonly keepSeconds: number
  readonly clock: Clock
  readonly log: Log
  readonly onSetAside: (kind: RecordKind, error: unknown) => void
  readonly shutdown: Shutdown
}

export interface History {
  readonly refusals: RefusalHistory
  /** Counts by the minute, in memory. */
  readonly refusalCounts: RefusalCounts
  readonly hourlyCounts: HourlyCounts
  readonly traffic: Operations['traffic']
  /** Drops data of deleted API keys from memory. */
  readonly forgetDeleted: (apiKeys: Iterable<string>) => void
}

/** The refusal log and the counts by the hour, which survive a restart. Pending records are written at shutdown. */
export function startHistory({ store, keyring }: Storage, options: HistoryOptions): History {
  const { keepSeconds, clock, log, onSetAside, shutdown } = options
  const isApiKey = (apiKey: string) => keyring.find(apiKey) !== undefined || keyring.isDisabled(apiKey)
  // The store itself reports that it is down.
  const onError = (what: string) => (error: unknown) => {
    if (!(error instanceof StoreDownError)) log.error(error, `${what} cannot be written; they are kept and tried again`)
  }
  const refusals = new RefusalHistory({
    log: new Refusals(isApiKey),
    store,
    clock,
    keepSeconds,
    onError: onError('refusals'),
    onSetAside: (error) => onSetAside('refusal', error),
  })
  const refusalCounts = new RefusalCounts(isApiKey)
  const hourlyCounts = new HourlyCounts({ store, clock, isApiKey, onError: onError('counts by the hour') })
  shutdown.add(
    () => refusals.close(),
    () => hourlyCounts.close(),
  )
  return {
    refusals,
    refusalCounts,
    hourlyCounts,
    traffic: {
      read: createReadCounts(hourlyCounts, store, clock.now),
      async sumRefusals(query) {
        await hourlyCounts.flush()
        return store.sumRefusals(query)
      },
    },
    forgetDeleted(apiKeys) {
      for (const apiKey of apiKeys) {
        if (isApiKey(apiKey)) continue
        refusals.forgetApiKey(apiKey)
        refusalCounts.forgetApiKey(apiKey)
        hourlyCounts.forgetApiKey(apiKey)
      }
    },
  }
}
