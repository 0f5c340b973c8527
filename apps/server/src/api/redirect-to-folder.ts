import type { FastifyInstance } from 'fastify'

/** Redirects `path` to `path/`, so that relative links of the page there resolve. The query is kept. */
export function redirectToFolder(http: FastifyInstance, path: string, basePath: string): void {
  http.get(path, async ({ url }, reply) => {
    const query = url.includes('?') ? url.slice(url.indexOf('?')) : ''
    return reply.redirect(`${basePath}${path}/${query}`)
  })
}
