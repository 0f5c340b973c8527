import type { FastifyReply } from 'fastify'

/** Answers with a problem (RFC 9457). Neither part echoes what was sent. */
export function problem(reply: FastifyReply, status: number, title: string, detail: string): FastifyReply {
  return reply.code(status).type('application/problem+json').send({ title, status, detail })
}
