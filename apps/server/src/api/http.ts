import helmet from '@fastify/helmet'
import { GATE_PATH } from '@stagedoor/protocol'
import Fastify, { type FastifyInstance } from 'fastify'
import { problem, problemDetail } from '../problem.ts'
import { requireApart, stripBasePath } from '../public-url.ts'
import { normalizeForwardedFor } from '../rate-limit/forwarded-for.ts'
import { isHostClear } from '../rate-limit/is-host-clear.ts'
import { answerUnmetExpectations, answerUnreadable } from './answer-unreadable.ts'
import { redirectToFolder } from './redirect-to-folder.ts'

// The time limits for the head of a request, and for all of it, in milliseconds.
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 15_000
const BODY_LIMIT_BYTES = 64 * 1024
/** The longest name in a path, in characters, and the longest encoding of one character: `%F0%9F%98%80`. */
const MAX_NAME_LENGTH = 256
const MAX_ENCODED_CHARACTER_LENGTH = 12
/** The longest path segment, as sent. The schema of each route decides what it accepts. */
export const MAX_PATH_PART_LENGTH = MAX_NAME_LENGTH * MAX_ENCODED_CHARACTER_LENGTH

/** What a page of the platform can load and run: only what the platform serves, and nothing inline. */
export const STRICT_DIRECTIVES = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:', 'mediastream:'],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
}

/**
 * The HTTP server: its limits, its headers, and its default responses.
 *
 * @param trustedProxies the proxies that are trusted for client addresses: addresses and subnets.
 * @param basePath the path of the public URL, such as `/rtc`. Registering a route that begins with the same segment throws a
 *   BasePathError.
 */
export async function createHttp(trustedProxies: readonly string[] = [], basePath = ''): Promise<FastifyInstance> {
  const http = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A request without a host gets a problem below: Node.js would respond without a body.
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 2_000, requireHostHeader: false },
    rewriteUrl: ({ url = '' }) => stripBasePath(basePath, url),
    routerOptions: { maxParamLength: MAX_PATH_PART_LENGTH },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, _request, reply) => {
      const status = error.statusCode ?? 500
      return problem(reply, status, 'Bad request', problemDetail(status))
    },
    forceCloseConnections: true,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  })
  answerUnmetExpectations(http)
  if (basePath !== '') {
    // Registered before the hook: this route is the only one that begins with the base path on purpose.
    redirectToFolder(http, basePath, '')
    requireApart(basePath, GATE_PATH)
    http.addHook('onRoute', ({ url }) => requireApart(basePath, url))
  }
  http.addHook('onRequest', async ({ raw }, reply) => {
    if (isHostClear(raw)) return
    return problem(reply.header('connection', 'close'), 400, 'Bad request', 'Send one Host header.')
  })
  // Before anything reads `request.ip`, which depends on it.
  http.addHook('onRequest', async ({ raw: { headers } }) => {
    const forwarded = headers['x-forwarded-for']
    if (forwarded !== undefined) headers['x-forwarded-for'] = normalizeForwardedFor(String(forwarded))
  })
  await http.register(helmet, {
    contentSecurityPolicy: { directives: STRICT_DIRECTIVES },
    // Set by the TLS-terminating proxy in front, which knows whether there is TLS.
    strictTransportSecurity: false,
  })
  http.setNotFoundHandler((_request, reply) => problem(reply, 404, 'Not found', 'There is nothing at this address.'))
  // RFC 9112 section 3.2.
  http.addHook('onRequest', async ({ raw }, reply) => {
    if (raw.httpVersion === '1.0' || raw.headers.host !== undefined) return
    return problem(reply, 400, 'Bad request', 'A request names its host: send a Host header.')
  })
  http.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return problem(reply, status, 'Bad request', problemDetail(status))
    return problem(reply, 500, 'Fault', 'The platform could not answer. Its log tells why.')
  })
  return http
}
