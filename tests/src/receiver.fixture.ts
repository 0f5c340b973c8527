import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

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

export interface Certificate {
  readonly key: Buffer
  readonly cert: Buffer
}

/** An endpoint of webhooks that keeps what comes; it can be down, and come back on the same port. */
export class Receiver {
  readonly received: Received[] = []
  /** What it answers. */
  status = 204
  readonly #certificate: Certificate | undefined
  #server: Server | undefined
  #port = 0

  /** @param certificate of `localhost`; without one, it listens unencrypted. */
  constructor(certificate?: Certificate) {
    this.#certificate = certificate
  }

  get url(): string {
    return this.#certificate === undefined
      ? `http://127.0.0.1:${this.#port}/events`
      : `https://localhost:${this.#port}/events`
  }

  async open(): Promise<void> {
    const take: RequestListener = async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString()
      this.received.push({ headers: request.headers, body, message: JSON.parse(body) })
      response.writeHead(this.status).end('nobody keeps this answer')
    }
    const server = this.#certificate === undefined ? createServer(take) : createTlsServer(this.#certificate, take)
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
