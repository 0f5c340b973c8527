import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REFUSAL_CODES, type RefusalCode } from '@stagedoor/protocol'
import type { FastifyInstance } from 'fastify'
import { marked } from 'marked'
import { problem } from './problem.ts'

export const REFUSAL_PAGES = '/refusals'

const FOLDER = fileURLToPath(new URL('../../public/refusals', import.meta.url))

const STYLE = `
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif }
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem }
h1 { font: 600 1.75rem/1.3 ui-monospace, monospace; overflow-wrap: anywhere }
h2 { font-size: 1.125rem; margin-top: 2rem }
blockquote { margin: 0; padding: .75rem 1rem; border-left: .25rem solid #b45309; background: #b4530914 }
blockquote p { margin: 0 }
code { font: .9375em ui-monospace, monospace; padding: .1em .3em; border-radius: .3em; background: #8882 }
`

/** `GET /refusals/{code}`: what a refusal means and what to do, for whoever follows the link that came with it. */
export async function serveRefusalPages(http: FastifyInstance, folder = FOLDER): Promise<void> {
  const pages = new Map(REFUSAL_CODES.flatMap((code) => readPage(folder, code)))
  http.get(`${REFUSAL_PAGES}/style.css`, async (_request, reply) => reply.type('text/css').send(STYLE))
  http.get<{ Params: { code: string } }>(`${REFUSAL_PAGES}/:code`, async ({ params }, reply) => {
    const page = pages.get(params.code)
    if (page === undefined) return problem(reply, 404, 'Not found', 'There is no such refusal code.')
    return reply.type('text/html; charset=utf-8').send(page)
  })
}

function readPage(folder: string, code: RefusalCode): [string, string][] {
  const path = join(folder, `${code}.md`)
  if (!existsSync(path)) return []
  const body = marked.parse(readFileSync(path, 'utf8'), { async: false })
  return [[code, frame(code, body)]]
}

function frame(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Stagedoor</title>
<link rel="stylesheet" href="${REFUSAL_PAGES}/style.css">
<main>${body}</main>
</html>
`
}
