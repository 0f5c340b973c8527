import type { Connection } from './connection.ts'

/** How often the gate looks whether its clients are still there, in milliseconds. */
export const HEARTBEAT_MS = 25_000

/** Pings every connection at each beat, and closes those that were not heard of since the last. Answers how to stop. */
export function startHeartbeat(connections: ReadonlySet<Connection>): () => void {
  const timer = setInterval(() => {
    for (const connection of connections) {
      if (!connection.alive) {
        connection.close('connection_lost')
        continue
      }
      connection.alive = false
      connection.socket.ping()
    }
  }, HEARTBEAT_MS)
  timer.unref()
  return () => clearInterval(timer)
}
