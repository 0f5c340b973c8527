import type { FastifyInstance, FastifyRequest } from 'fastify'

export interface Health {
  /** Whether the store was available at the last check. */
  readonly store: 'ok' | 'unavailable'
  readonly sessions: number
  readonly sockets: number
}

interface Readiness {
  readonly store: Health['store']
  /** Whether it accepts connections or is about to close. */
  readonly gate: 'ok' | 'closing'
}

/**
 * `GET /healthz`: 200 while the platform answers. Without its store it is degraded, not down: sessions
 * continue and tokens are verified from memory, so a restart gains nothing. The counts of sessions and sockets need the right to read
 * the metrics.
 *
 * `GET /livez`: 200 while the process answers. `GET /readyz`: 503 if the store is down or the platform is closing.
 */
export function serveHealth(
  http: FastifyInstance,
  look: () => Health,
  isClosing: () => boolean,
  mayReadCounts: (request: FastifyRequest) => boolean,
): void {
  http.get('/livez', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))

  http.get('/readyz', async (_request, reply) => {
    const checks: Readiness = { store: look().store, gate: isClosing() ? 'closing' : 'ok' }
    const isReady = Object.values(checks).every((outcome) => outcome === 'ok')
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ok' : 'not_ready', checks })
  })

  http.get('/healthz', async (request, reply) => {
    const { store, ...counts } = look()
    const status = store === 'ok' ? 'ok' : 'degraded'
    return reply.header('cache-control', 'no-store').send({ status, store, ...(mayReadCounts(request) && counts) })
  })
}
