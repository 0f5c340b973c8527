import type { FastifyInstance } from 'fastify'

/** Redirects `path` to `path/`, which the links of the page there are relative to. The query is kept. */
export function redirectToFolder(http: FastifyInstance, path: string, basePath: string): void {
  http.get(path, async ({ url }, reply) => {
    const query = url.includes('?') ? url.slice(url.indexOf('?')) : ''
    return reply.redirect(`${basePath}${path}/${query}`)
  })
}
