import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'

export const AUDIENCE = 'front-end'

/** Serves on this machine until the test ends, and returns its origin. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An identity provider whose responses the test controls. */
export async function openProvider() {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }
  const state = {
    keys: [publicJwk],
    discovery: {} as Record<string, unknown>,
    isDown: false,
    /** The requested paths. */
    asked: [] as (string | undefined)[],
  }
  const issuer = await serve(({ url }, response) => {
    state.asked.push(url)
    if (state.isDown) return void response.writeHead(500).end()
    const found = { issuer, jwks_uri: `${issuer}/keys`, ...state.discovery }
    response.end(JSON.stringify(url === '/keys' ? { keys: state.keys } : found))
  })

  /** Signs a valid token, with the given changes. */
  function sign(
    claims: Record<string, unknown> = {},
    { header = {}, key = privateKey }: { header?: Record<string, unknown>; key?: CryptoKey | Uint8Array } = {},
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1_000)
    const all = { iss: issuer, aud: AUDIENCE, sub: 'alice', iat: now, exp: now + 300, ...claims }
    return new SignJWT(all).setProtectedHeader({ alg: 'ES256', kid: 'k', ...header }).sign(key)
  }

  /** Replaces its key and returns the private key. */
  async function rotate(kid: string): Promise<CryptoKey> {
    const pair = await generateKeyPair('ES256')
    state.keys = [{ ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256' }]
    return pair.privateKey
  }

  return {
    issuer,
    state,
    publicJwk,
    sign,
    rotate,
    trust: { issuer, audience: AUDIENCE, userIdClaim: 'sub', outlivesSubject: false },
  }
}
