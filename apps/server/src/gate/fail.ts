import type { Connection } from './connection.ts'
import type { House } from './ports.ts'

/** Ends the connection on which there was a fault: one client's bad luck must not be everybody's. */
export function fail({ log }: Pick<House, 'log'>, connection: Connection, error: unknown): void {
  log.error(error, 'a frame could not be handled')
  connection.close('fault')
}
