import { AccessToken } from '@stagedoor/access-token'
import {
  type AuthorizationServer,
  allowInsecureRequests,
  type Client,
  ClientSecretBasic,
  ClientSecretPost,
  discoveryRequest,
  introspectionRequest,
  processDiscoveryResponse,
  processIntrospectionResponse,
  processRevocationResponse,
  revocationRequest,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, type RunningPlatform, stagedoorJson, startPlatform } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'

const SESSION_CLOSED = 4403
// The platform of a test listens on this machine alone, without TLS.
const OPTIONS = { [allowInsecureRequests]: true }

const folder = makeFolder()
let platform: RunningPlatform
let key: { readonly apiKey: string; readonly keyId: string; readonly secret: string }
let oauthClient: Client
let server: AuthorizationServer

beforeAll(async () => {
  key = await stagedoorJson(['key', 'create'], folder.path)
  oauthClient = { client_id: key.apiKey }
  platform = await startPlatform(folder.path)
  const issuer = new URL(platform.url)
  const discovered = await discoveryRequest(issuer, { ...OPTIONS, algorithm: 'oauth2' })
  server = await processDiscoveryResponse(issuer, discovered)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

function mint(): string {
  return new AccessToken(key.apiKey, key.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
}

async function introspect(token: string, authenticate = ClientSecretBasic(key.secret)) {
  const response = await introspectionRequest(server, oauthClient, authenticate, token, OPTIONS)
  return processIntrospectionResponse(server, oauthClient, response)
}

describe('a standard client of OAuth, which was told the address of the platform alone', () => {
  it.each([
    ['in the header', ClientSecretBasic],
    ['in the form', ClientSecretPost],
  ])('authenticates %s, and asks whether a token is good', async (_where, authenticateWith) => {
    const authenticate = authenticateWith(key.secret)
    const told = await introspect(mint(), authenticate)
    expect(told).toMatchObject({ active: true, client_id: key.apiKey, username: 'alice' })
    expect(await introspect('none', authenticate)).toEqual({ active: false })
  })

  it('revokes a token: the session that it opened ends, and it opens no other', async () => {
    const token = mint()
    const { client } = await register(platform.url, key.apiKey, 'alice', token)
    const response = await revocationRequest(server, oauthClient, ClientSecretBasic(key.secret), token, OPTIONS)
    await processRevocationResponse(response)
    expect(await client.closed).toBe(SESSION_CLOSED)
    expect(await introspect(token)).toEqual({ active: false })
    const { answer } = await register(platform.url, key.apiKey, 'alice', token)
    expect(answer).toMatchObject({ type: 'refused', code: 'token_revoked' })
  })

  it('is asked to authenticate, where its secret is not good', async () => {
    const refused = introspect(mint(), ClientSecretBasic('guessed'))
    await expect(refused).rejects.toBeInstanceOf(WWWAuthenticateChallengeError)
    await expect(refused).rejects.toMatchObject({ status: 401 })
  })
})
