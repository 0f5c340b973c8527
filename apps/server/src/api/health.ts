import type { FastifyInstance } from 'fastify'

export interface Health {
  /** Whether the store could be used when it was last looked at. */
  readonly store: 'ok' | 'unavailable'
  readonly sessions: number
  readonly sockets: number
}

/**
 * `GET /healthz`: 200 while the platform answers. Without its store it is degraded and not ill: sessions go on, and whoever is
 * known is let in, so nothing is gained by a restart.
 */
export function serveHealth(http: FastifyInstance, look: () => Health): void {
  http.get('/healthz', async (_request, reply) => {
    const health = look()
    const status = health.store === 'ok' ? 'ok' : 'degraded'
    return reply.header('cache-control', 'no-store').send({ status, ...health })
  })
}
