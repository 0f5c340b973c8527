import type { FastifyInstance } from 'fastify'

export interface Health {
  readonly sessions: number
  readonly sockets: number
}

/** `GET /healthz`: 200 while the platform answers. */
export function serveHealth(http: FastifyInstance, look: () => Health): void {
  http.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok', ...look() }),
  )
}
