import type { Connection } from './connection.ts'

/** How often the gate looks whether its clients are still there, in milliseconds. */
export const HEARTBEAT_MS = 25_000

/** Pings every connection at each beat, and closes those that were not heard of since the last. Answers how to stop. */
export function startHeartbeat(connections: ReadonlySet<Connection>): () => void {
  const timer = setInterval(() => {
    for (const connection of connections) beat(connection)
  }, HEARTBEAT_MS)
  timer.unref()
  return () => clearInterval(timer)
}

function beat(connection: Connection): void {
  if (!connection.alive) {
    connection.close('connection_lost')
    return
  }
  connection.alive = false
  connection.ping()
}
