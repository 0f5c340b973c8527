import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addKeySet, addPublicKey } from '../../api-key/add-signing-key.ts'
import { retireSigningKey } from '../../api-key/retire-signing-key.ts'
import { ISSUER, openTestOAuth } from './oauth.fixture.ts'

const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'spki' }).toString()

describe('the public keys of an API key', () => {
  it('are public, without secrets and key sets', async () => {
    const { http, enroll, changeContext, keyring } = await openTestOAuth()
    const { apiKey, secret } = await enroll()
    const pairs = [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ed25519')]
    for (const [at, { publicKey }] of pairs.entries()) {
      await addPublicKey(changeContext, apiKey, { text: pemOf(publicKey), keyId: `shop-${at}` })
    }
    await addKeySet(changeContext, apiKey, { url: 'https://login.example/jwks.json' })
    await keyring.refresh()
    const answer = await http.inject(`/keys/${apiKey}/jwks.json`)
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/jwk-set\+json\b/),
      'cache-control': 'public, max-age=300',
    })
    expect(answer.json()).toEqual({
      keys: [
        { ...pairs[0]?.publicKey.export({ format: 'jwk' }), kid: 'shop-0', alg: 'ES256', use: 'sig' },
        { ...pairs[1]?.publicKey.export({ format: 'jwk' }), kid: 'shop-1', alg: 'EdDSA', use: 'sig' },
      ],
    })
    expect(answer.body).not.toContain(secret)
  })

  it('are removed when they retire, and empty for an unknown API key', async () => {
    const { http, enroll, changeContext, keyring } = await openTestOAuth()
    const { apiKey } = await enroll()
    const { publicKey } = generateKeyPairSync('ed25519')
    const { keyId } = await addPublicKey(changeContext, apiKey, { text: pemOf(publicKey) })
    await retireSigningKey(changeContext, apiKey, keyId)
    await keyring.refresh()
    const [known, unknown] = [
      await http.inject(`/keys/${apiKey}/jwks.json`),
      await http.inject('/keys/key_of_nobody/jwks.json'),
    ]
    expect(known.json()).toEqual({ keys: [] })
    expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body])
  })
})

describe('the metadata for clients', () => {
  it('lists the endpoints and the authentication methods', async () => {
    const { http } = await openTestOAuth()
    const answer = await http.inject('/.well-known/oauth-authorization-server')
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(answer.json()).toMatchObject({
      issuer: ISSUER,
      token_endpoint: `${ISSUER}/oauth/token`,
      token_endpoint_auth_methods_supported: ['none'],
      grant_types_supported: ['urn:ietf:params:oauth:grant-type:token-exchange'],
      introspection_endpoint: `${ISSUER}/oauth/introspect`,
      revocation_endpoint: `${ISSUER}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    })
  })

  it('are under the base path, and where RFC 8414 section 3.1 places them for an issuer with a path', async () => {
    const issuer = 'https://shop.example/rtc'
    const { http } = await openTestOAuth({ publicUrl: () => issuer })
    const [ours, standard] = [
      await http.inject('/.well-known/oauth-authorization-server'),
      await http.inject('/.well-known/oauth-authorization-server/rtc'),
    ]
    expect(ours.json()).toMatchObject({ issuer, token_endpoint: `${issuer}/oauth/token` })
    expect(standard.json()).toEqual(ours.json())
    expect((await http.inject('/.well-known/oauth-authorization-server/other')).statusCode).toBe(404)
  })
})
