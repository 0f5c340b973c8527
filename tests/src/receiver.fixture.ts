import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'

export interface Received {
  readonly headers: IncomingHttpHeaders
  /** To the letter, as it is signed. */
  readonly body: string
  readonly message: {
    readonly type: string
    readonly timestamp: string
    readonly data: Readonly<Record<string, unknown>>
  }
}

/** An endpoint of webhooks that keeps what comes; it can be down, and come back on the same port. */
export class Receiver {
  readonly received: Received[] = []
  /** What it answers. */
  status = 204
  #server: Server | undefined
  #port = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}/events`
  }

  async open(): Promise<void> {
    const server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString()
      this.received.push({ headers: request.headers, body, message: JSON.parse(body) })
      response.writeHead(this.status).end('nobody keeps this answer')
    })
    await new Promise<void>((listening) => server.listen(this.#port, '127.0.0.1', listening))
    this.#port = (server.address() as { port: number }).port
    this.#server = server
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise<void>((closed) => (server === undefined ? closed() : server.close(() => closed())))
  }
}
