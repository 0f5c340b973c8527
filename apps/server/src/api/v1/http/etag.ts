import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { faults } from './problem-error.ts'

/** A strong validator of a response (RFC 9110 section 8.8.3). */
export function etagOf(value: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 27)}"`
}

export function sendWithEtag<T>(reply: FastifyReply, value: T): T {
  reply.header('etag', etagOf(value))
  return value
}

/** Refuses a change if the target has changed since the caller read it, according to `If-Match`. */
export function requireMatch({ headers }: FastifyRequest, current: unknown): void {
  const wanted = headers['if-match']
  if (wanted === undefined || wanted === '*') return
  if (wanted.split(',').some((tag) => tag.trim() === etagOf(current))) return
  throw faults.changedMeanwhile()
}
