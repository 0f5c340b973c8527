import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import express from 'express'
import Fastify from 'fastify'
import { type Context, Hono } from 'hono'
import Koa from 'koa'
import type { TokenEndpoint } from '../create-token-endpoint.ts'
import { tokenEndpointPlugin } from './fastify.ts'
import { toHonoHandler } from './hono.ts'
import { toKoaMiddleware } from './koa.ts'
import { toRouteHandlers } from './next.ts'
import { toNodeListener, toRequest } from './node.ts'
import { closeIfUnread } from './node-request.ts'

/** A back end on the loopback interface. */
export interface BackEnd {
  readonly url: string
  close(): Promise<void>
}

/** The endpoint in each framework, at `/token`, as its documentation shows. */
export const FRAMEWORKS: Readonly<Record<string, (endpoint: TokenEndpoint) => Promise<BackEnd>>> = {
  'node:http': (endpoint) => listen(createServer(toNodeListener(endpoint))),
  Express: (endpoint) => listen(createServer(express().use('/token', toNodeListener(endpoint)))),
  'Express with a parser of bodies': (endpoint) =>
    listen(
      createServer(
        express()
          .use(express.json({ limit: '1mb' }))
          .use('/token', toNodeListener(endpoint)),
      ),
    ),
  async Fastify(endpoint) {
    const app = Fastify()
    await app.register(tokenEndpointPlugin, { endpoint, path: '/token' })
    return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() }
  },
  Koa(endpoint) {
    const app = new Koa().use(toKoaMiddleware(endpoint))
    // Otherwise it logs each aborted connection.
    app.silent = true
    return listen(createServer(app.callback()))
  },
  async Hono(endpoint) {
    const app = new Hono().all(
      '/token',
      toHonoHandler(endpoint, (context: Context) => getConnInfo(context).remote.address),
    )
    return new Promise((resolve) => {
      const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () =>
        resolve(running(server as Server)),
      )
    })
  },
  // Its handlers are called as Next.js calls them: by method, and with 405 if there is none.
  'Next.js': (endpoint) => {
    const handlers: Partial<Record<string, (request: Request) => Promise<Response>>> = toRouteHandlers(endpoint)
    return listen(
      createServer(async (req, res) => {
        const handler = handlers[req.method ?? ''] ?? (async () => new Response(null, { status: 405 }))
        res.on('error', () => {})
        closeIfUnread(req, res)
        try {
          const answer = await handler(toRequest(req))
          res.writeHead(answer.status, [...answer.headers].flat()).end(await answer.text())
        } catch {
          res.writeHead(400).end()
        }
      }),
    )
  },
}

function listen(server: Server): Promise<BackEnd> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(running(server))))
}

function running(server: Server): BackEnd {
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
