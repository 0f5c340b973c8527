import process from 'node:process'
import type { Log } from '../../../observe/log.ts'

/** How long the platform may take to close after a fault, in milliseconds, before the process ends anyway. */
export const ORDERLY_EXIT_MS = 5_000

// What a socket, pipe or stream fails with when the other side is gone or the network is (errno(3)).
const CONNECTION_CODES: readonly unknown[] = [
  'ECONNRESET',
  'ECONNABORTED',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTCONN',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
]

/** Whether an exception concerns a single broken connection only. */
export function isConnectionError(error: unknown): boolean {
  return CONNECTION_CODES.includes((error as NodeJS.ErrnoException | null | undefined)?.code)
}

export interface GuardedPlatform {
  close(): Promise<void>
  /** Counts a connection that was closed because of an unexpected exception. */
  connectionFailed(): void
}

/**
 * The last resort for exceptions that nothing caught. One of a broken connection is logged and counted, and the platform goes
 * on: its stream has been destroyed by then. Any other leaves the process in an unknown state: the platform closes, within
 * {@link ORDERLY_EXIT_MS}, and the process exits with status 1, for its supervisor to restart.
 *
 * @param exit for tests. Default: ends this process.
 */
export function guardProcess(
  platform: GuardedPlatform,
  log: Log,
  exit: (status: number) => void = (status) => process.exit(status),
): (error: unknown) => void {
  let isEnding = false
  const onException = (error: unknown): void => {
    if (isConnectionError(error)) {
      platform.connectionFailed()
      log.error(error, 'a connection failed without a listener for its errors; report this as a bug')
      return
    }
    log.fatal(error, 'unexpected exception; the platform closes')
    if (isEnding) return
    isEnding = true
    setTimeout(() => exit(1), ORDERLY_EXIT_MS)
    platform.close().then(
      () => exit(1),
      () => exit(1),
    )
  }
  process.on('uncaughtException', onException)
  return onException
}
