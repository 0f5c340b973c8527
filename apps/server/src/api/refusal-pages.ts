import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REFUSAL_CODES, type RefusalCode } from '@stagedoor/protocol'
import type { FastifyInstance } from 'fastify'
import { marked } from 'marked'
import { problem } from '../problem.ts'
import { REFUSAL_PAGES } from '../public-url.ts'
import { page } from './page.ts'

const FOLDER = fileURLToPath(new URL('../../public/refusals', import.meta.url))

/** `GET /refusals/{code}`: what a refusal means and what to do. Refusals link to it. */
export async function serveRefusalPages(http: FastifyInstance, basePath = '', folder = FOLDER): Promise<void> {
  const pages = new Map(REFUSAL_CODES.flatMap((code) => readPage(folder, code, basePath)))
  http.get<{ Params: { code: string } }>(`${REFUSAL_PAGES}/:code`, async ({ params }, reply) => {
    const written = pages.get(params.code)
    if (written === undefined) return problem(reply, 404, 'Not found', 'There is no such refusal code.')
    return reply.type('text/html; charset=utf-8').send(written)
  })
}

function readPage(folder: string, code: RefusalCode, basePath: string): [string, string][] {
  const path = join(folder, `${code}.md`)
  if (!existsSync(path)) return []
  const body = marked.parse(readFileSync(path, 'utf8'), { async: false })
  return [[code, page(code, body, { narrow: true, basePath })]]
}
