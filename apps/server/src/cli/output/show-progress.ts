import process from 'node:process'
import type { OnProgress } from '../../store/backup/backup-error.ts'

/** The interval between progress lines, in milliseconds. A shorter task prints none. */
export const PROGRESS_INTERVAL_MS = 2_000

/** Returns a callback that prints progress on standard error, once per interval. */
export function showProgress(
  what: string,
  now: () => number = Date.now,
  write: (line: string) => void = (line) => process.stderr.write(line),
): OnProgress {
  let saidAt = now()
  return (done, total) => {
    if (now() - saidAt < PROGRESS_INTERVAL_MS) return
    saidAt = now()
    write(`${what}: ${Math.floor((100 * done) / Math.max(total, 1))} % of ${sizeOf(total)}\n`)
  }
}

export function sizeOf(bytes: number): string {
  const megabytes = bytes / 1_000_000
  return megabytes < 1 ? `${Math.ceil(bytes / 1_000)} kB` : `${megabytes.toFixed(1)} MB`
}
