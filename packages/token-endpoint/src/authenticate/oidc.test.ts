import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { oidc } from './oidc.ts'
import { AUDIENCE, TestProvider } from './provider.fixture.ts'

function bring(token: string, options: Parameters<typeof oidc>[0]) {
  const request = new Request('http://shop.example/', { headers: { authorization: `Bearer ${token}` } })
  return oidc(options)(request, {})
}

describe('the user of a real provider', () => {
  let provider: TestProvider
  beforeAll(async () => {
    provider = await TestProvider.start()
  })
  afterAll(() => provider.stop())

  it('is the user that the claim names', async () => {
    const options = { issuer: provider.issuer, audience: AUDIENCE, claim: 'client_id' }
    expect(await bring(await provider.token(), options)).toEqual({ id: 'alice' })
    expect(await bring(await provider.token(), { ...options, claim: 'nickname' })).toBeUndefined()
  })

  it('is not signed in with a token for another audience', async () => {
    const token = await provider.token('https://elsewhere.example/')
    expect(await bring(token, { issuer: provider.issuer, audience: AUDIENCE })).toBeUndefined()
  })
})

/** A provider whose responses the test controls. */
async function openProvider(change: (issuer: string) => object = () => ({})) {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }]
  let asked = 0
  const server = createServer((req, res) => {
    if (req.url === '/keys') asked++
    const found = { issuer, jwks_uri: `${issuer}/keys`, ...change(issuer) }
    res.setHeader('content-type', 'application/json').end(JSON.stringify(req.url === '/keys' ? { keys } : found))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const now = Math.floor(Date.now() / 1_000)
  function sign(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) {
    const all = { iss: issuer, aud: AUDIENCE, sub: 'alice', iat: now, exp: now + 60, ...claims }
    return new SignJWT(all).setProtectedHeader({ alg: 'ES256', kid: 'k', ...header }).sign(privateKey)
  }
  return { options: { issuer, audience: AUDIENCE }, sign, now, asked: () => asked, keys }
}

describe('a token of a provider', () => {
  it('is accepted if all of it is valid', async () => {
    const { options, sign } = await openProvider()
    expect(await bring(await sign(), options)).toEqual({ id: 'alice' })
    const userData = (claims: JWTPayload) => ({ name: String(claims['name']) })
    expect(await bring(await sign({ name: 'Alice' }), { ...options, userData })).toEqual({
      id: 'alice',
      userData: { name: 'Alice' },
    })
  })

  it('is not accepted if it is expired, without exp, or of another issuer', async () => {
    const { options, sign, now } = await openProvider()
    for (const claims of [
      { exp: now - 6 },
      { exp: undefined },
      { iss: 'http://other.example' },
      { aud: undefined },
      { nbf: now + 60 },
    ]) {
      expect(await bring(await sign(claims), options)).toBeUndefined()
    }
  })

  it.each<[string, Record<string, unknown>, string?]>([
    ['with an address that nobody has verified', { email: 'alice@example.com' }, 'email'],
    ['to log out with', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
    ['that is bound to a key', { cnf: { jkt: 'a' } }],
    ['without a beginning', { iat: undefined }],
    ['issued ahead of time', { iat: Math.floor(Date.now() / 1_000) + 3_600 }],
    ['of a user whose id breaks lines', { sub: 'alice\nadmin' }],
    ['of a user whose id is too long', { sub: 'x'.repeat(300) }],
    ['of any user', { sub: 'ApiKey_Token' }],
  ])('is nobody’s where it is one %s', async (_what, claims, claim = 'sub') => {
    const { options, sign } = await openProvider()
    expect(await bring(await sign(claims), { ...options, claim })).toBeUndefined()
  })

  it('is not accepted unsigned, or signed with a public value (RFC 8725 section 2.1)', async () => {
    const { options, now, keys } = await openProvider()
    const claims = { iss: options.issuer, aud: AUDIENCE, sub: 'alice', exp: now + 60 }
    expect(await bring(new UnsecuredJWT(claims).encode(), options)).toBeUndefined()
    const secret = new TextEncoder().encode(JSON.stringify(keys[0]))
    const confused = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k' }).sign(secret)
    expect(await bring(confused, options)).toBeUndefined()
  })

  it('with an unknown key triggers a fetch of the keys only after the cooldown', async () => {
    const { options, sign, asked } = await openProvider()
    const authenticate = oidc(options)
    for (let count = 0; count < 20; count++) {
      const token = await sign({}, { kid: `unknown ${count}` })
      const request = new Request('http://shop.example/', { headers: { authorization: `Bearer ${token}` } })
      expect(await authenticate(request, {})).toBeUndefined()
    }
    expect(asked()).toBeLessThanOrEqual(2)
  })

  it('cannot be verified if the discovery document has another issuer or no keys', async () => {
    const other = await openProvider(() => ({ issuer: 'https://other.example' }))
    await expect(bring(await other.sign(), other.options)).rejects.toThrow('another issuer')
    const none = await openProvider(() => ({ jwks_uri: undefined }))
    await expect(bring(await none.sign(), none.options)).rejects.toThrow('names no keys')
  })
})
