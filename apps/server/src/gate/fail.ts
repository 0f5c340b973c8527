import type { Connection } from './connection.ts'
import type { GateContext } from './gate-context.ts'

/** Ends the connection on which there was a fault: one client's bad luck must not be everybody's. */
export function fail(
  { log, connectionFailed }: Pick<GateContext, 'log' | 'connectionFailed'>,
  connection: Connection,
  error: unknown,
): void {
  connectionFailed()
  log.error(error, 'a frame could not be handled')
  connection.close('fault')
}
