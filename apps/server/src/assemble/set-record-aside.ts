import type { Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { RecordKind } from '../observe/record-kind.ts'

export type SetRecordAside = (kind: RecordKind, error: unknown) => void

/** Logs and counts each record that the store will not take. */
export function createSetRecordAside(log: Log, metrics: Pick<Metrics, 'setAside'>): SetRecordAside {
  return (kind, error) => {
    // Not the error itself: drivers include the record in it.
    const { code, message } = error as NodeJS.ErrnoException
    log.error({ kind, code, reason: message }, 'the store will not take a record, which is set aside')
    metrics.setAside(kind)
  }
}
