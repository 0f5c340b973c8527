import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

const CLIENT = { client_id: 'alice', client_secret: 'the secret of a client in a test' }
export const AUDIENCE = 'https://shop.example/token'

/** A real OpenID provider on the loopback interface, which issues access tokens (JWT) for {@link AUDIENCE} to its one client. */
export class TestProvider {
  #server: Server | undefined
  #port = 0
  #kid = 0

  static async start(): Promise<TestProvider> {
    const provider = new TestProvider()
    await provider.start()
    return provider
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Starts it at the same address as before, with a new key. */
  async start(): Promise<void> {
    const server = createServer()
    // After a restart, the first request on a kept connection would fail.
    server.maxRequestsPerSocket = 1
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = { ...privateKey.export({ format: 'jwk' }), kid: `key-${++this.#kid}`, use: 'sig', alg: 'ES256' }
    const provider = new Provider(this.issuer, {
      jwks: { keys: [key] },
      clients: [
        {
          ...CLIENT,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
          id_token_signed_response_alg: 'ES256',
        },
      ],
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_context, audience) => ({
            audience,
            scope: '',
            accessTokenFormat: 'jwt',
            accessTokenTTL: 60,
            jwt: { sign: { alg: 'ES256' } },
          }),
        },
      },
    })
    server.on('request', provider.callback())
    this.#server = server
  }

  async stop(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    this.#server = undefined
  }

  /** An access token, as its client gets one. */
  async token(audience = AUDIENCE): Promise<string> {
    const answer = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...CLIENT, grant_type: 'client_credentials', resource: audience }),
    })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    return token
  }
}
