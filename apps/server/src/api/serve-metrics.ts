import { compile } from '@fastify/proxy-addr'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkSecrets } from '../keyring/check-secrets.ts'
import type { Metrics } from '../observe/metrics.ts'
import { problem } from '../problem.ts'

export interface WhoMayReadMetrics {
  /** The bearer token that readers must send. Without it, only programs on this machine can read. */
  readonly token: string | undefined
  /** Whether there is a proxy in front: then all requests seem to come from this machine. */
  readonly isBehindProxy: boolean
}

const isLoopback = compile(['loopback'])
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via']

/** Counts every response. Only routes registered after it are counted by their pattern. */
export function countRequests(http: FastifyInstance, metrics: Pick<Metrics, 'answered'>): void {
  http.addHook('onResponse', async ({ method, routeOptions: { url } }, { statusCode }) => {
    // Clients choose the paths that do not exist.
    metrics.answered(url === undefined ? '' : method, url ?? '', statusCode)
  })
}

/** Whether a request can read the metrics, or what it lacks. */
export type ReaderCheck = (request: FastifyRequest) => 'allowed' | 'not_this_machine' | 'no_token'

/** Authorizes readers of the metrics, and of the counts in `/healthz`. */
export function createReaderCheck({ token, isBehindProxy }: WhoMayReadMetrics): ReaderCheck {
  const isToken = checkSecrets(token === undefined ? [] : [token])
  return (request) => {
    if (token === undefined) return !isBehindProxy && isOfThisMachine(request) ? 'allowed' : 'not_this_machine'
    return isToken(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '') ? 'allowed' : 'no_token'
  }
}

/** `GET /metrics`: the metrics, for Prometheus. */
export function serveMetrics(
  http: FastifyInstance,
  metrics: Pick<Metrics, 'write' | 'contentType'>,
  judge: ReaderCheck,
): void {
  http.get('/metrics', async (request, reply) => {
    const outcome = judge(request)
    if (outcome === 'not_this_machine') {
      return problem(
        reply,
        404,
        'Not found',
        'Set STAGEDOOR_METRICS_TOKEN to read the metrics from elsewhere than this machine.',
      )
    }
    if (outcome === 'no_token') {
      reply.header('www-authenticate', 'Bearer realm="stagedoor metrics"')
      return problem(reply, 401, 'Not authenticated', 'Send the metrics token: Authorization: Bearer …')
    }
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.write())
  })
}

// Neither forwarded requests, nor those of a page whose name was rebound to this machine.
function isOfThisMachine({ socket, headers }: FastifyRequest): boolean {
  if (!isLoopback(socket.remoteAddress ?? '', 0)) return false
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false
  const host = `http://${headers.host}`
  const name = URL.canParse(host) ? new URL(host).hostname.replace(/^\[|\]$/g, '') : ''
  return name === 'localhost' || /^127\.[\d.]+$|^::1$/.test(name)
}
