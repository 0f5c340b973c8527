import type { FastifyReply } from 'fastify'

const CODES: Readonly<Record<number, string>> = {
  400: 'malformed',
  401: 'not_authenticated',
  404: 'not_found',
  408: 'too_slow',
  413: 'too_large',
  414: 'too_large',
  415: 'not_json',
  417: 'not_allowed',
  429: 'too_many_requests',
  431: 'too_large',
  500: 'fault',
  503: 'unavailable',
}

/** The default code of a problem, by its status. */
export function problemCode(status: number): string {
  return CODES[status] ?? 'refused'
}

/** The default message of a problem, by its status; it repeats nothing of the request. */
export function problemDetail(status: number): string {
  switch (status) {
    case 408:
      return 'The request did not arrive in time.'
    case 413:
      return 'The body is larger than this takes.'
    case 414:
      return 'A part of the path is longer than this takes.'
    case 415:
      return 'Send a body of JSON, with content-type: application/json.'
    case 417:
      return 'The only expectation that is met is 100-continue.'
    case 431:
      return 'The headers, together with the address, are larger than this takes.'
    default:
      return 'The request cannot be read. Are its address and its headers well formed, and is its body JSON?'
  }
}

/** Responds with a problem (RFC 9457). No part echoes what was sent. */
export function problem(reply: FastifyReply, status: number, title: string, detail: string): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({ title, status, code: problemCode(status), detail })
}
