import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { STRICT_DIRECTIVES } from './http.ts'
import { redirectToFolder } from './redirect-to-folder.ts'

const FOLDER = fileURLToPath(new URL('../../public/dashboard', import.meta.url))
export const DASHBOARD_PATH = '/dashboard/'
/** The page that creates the first account. */
export const SET_UP_PATH = `${DASHBOARD_PATH}setup`

/**
 * `GET /dashboard/*`: the dashboard. Its files never change under their names. The page itself is the same at every path, and has a nonce for
 * the style elements of its component library.
 *
 * @param basePath the beginning of the URLs in the page, such as `/rtc`. The page is served at any depth, so they cannot be relative.
 */
export async function serveDashboard(http: FastifyInstance, basePath = '', folder = FOLDER): Promise<void> {
  const written = join(folder, 'index.html')
  if (!existsSync(written)) return
  const html = readFileSync(written, 'utf8').replaceAll('__BASE_PATH__', basePath)
  await http.register(staticFiles, {
    root: join(folder, 'assets'),
    prefix: `${DASHBOARD_PATH}assets/`,
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  })
  const helmet = { enableCSPNonces: true, contentSecurityPolicy: { directives: STRICT_DIRECTIVES } }
  redirectToFolder(http, '/dashboard', basePath)
  http.get(`${DASHBOARD_PATH}*`, { helmet }, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(html.replaceAll('__NONCE__', reply.cspNonce.style)),
  )
}
