import { existsSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import { AccessToken } from '@stagedoor/access-token'
import { userIdSchema } from '@stagedoor/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { problem } from '../problem.ts'
import { originOf } from '../public-url.ts'
import { redirectToFolder } from './redirect-to-folder.ts'

const PAGE = fileURLToPath(new URL('../../public/demo', import.meta.url))
export const DEMO_PATH = '/demo/'
/** The lifetime of the demo's tokens, in seconds. */
export const DEMO_TTL_SECONDS = 600

const bodySchema = z.object({ id: userIdSchema })

/** The API key with which the demo's tokens are minted. */
export interface DemoKey {
  readonly apiKey: string
  readonly keyId: string
  readonly secret: string
}

/** `GET /demo/`: a page to try the platform, with your own token or one minted through the dashboard's login. */
export async function serveCallPage(http: FastifyInstance, basePath: string): Promise<void> {
  if (!existsSync(PAGE)) return
  await http.register(staticFiles, { root: PAGE, prefix: DEMO_PATH })
  redirectToFolder(http, '/demo', basePath)
}

/**
 * `POST /demo/token`, which gives anyone a token. It stands in for the back end of an application, which would authenticate its user first.
 * Pages of other origins are refused: they could use their visitors to reach a platform that only these can reach. Programs, which send no
 * origin, are accepted.
 */
export function serveDemo(http: FastifyInstance, key: DemoKey, publicUrl: () => string): void {
  http.post('/demo/token', { bodyLimit: 4_096 }, async (request, reply) => {
    if (!isOwnPage(request.headers, publicUrl())) {
      return problem(reply, 403, 'Another origin', 'The demo gives tokens to its own page alone, at /demo/.')
    }
    const body = bodySchema.safeParse(request.body)
    if (!body.success)
      return problem(reply, 400, 'No user id', 'Send {"id": "…"} with a user id of 1 to 256 characters.')
    const { id } = body.data
    const token = new AccessToken(key.apiKey, key.secret, {
      apiRTC_UserAgent_Id: id,
      keyId: key.keyId,
      ttl: DEMO_TTL_SECONDS,
    }).toJwt()
    const expiresAt = Math.floor(Date.now() / 1000) + DEMO_TTL_SECONDS
    return reply.header('cache-control', 'no-store').send({ apiKey: key.apiKey, id, token, expiresAt })
  })
}

function isOwnPage({ origin, host, ...headers }: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  if (origin === undefined || origin === originOf(publicUrl)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
