import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UserAgent } from '@stagedoor/client'
import { createTokenEndpoint } from '@stagedoor/token-endpoint'
import { toNodeListener } from '@stagedoor/token-endpoint/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Shop } from '../fixtures/shop.fixture.ts'

const TTL_SECONDS = 3
const PATIENCE = { timeout: 10_000, interval: 100 }

const shop = Shop.forTests()
let backEnd: Server
let signedIn: string | undefined = 'alice'
let given = 0

beforeAll(async () => {
  const endpoint = createTokenEndpoint({
    apiKey: shop.key.apiKey,
    secret: shop.key.secret,
    authenticate: () => signedIn,
    ttl: TTL_SECONDS,
    audit: ({ outcome }) => {
      if (outcome === 'minted') given++
    },
  })
  backEnd = createServer(toNodeListener(endpoint))
  await new Promise<void>((resolve) => backEnd.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  backEnd.closeAllConnections()
  backEnd.close()
})

it('a session lives on over several tokens of the endpoint, and ends when its user signs out', async () => {
  const getToken = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/token`
  const userAgent = new UserAgent({ uri: `apiKey:${shop.key.apiKey}`, getToken })
  const began = performance.now()
  const session = await userAgent.register({ cloudUrl: shop.platform.url, id: 'alice' })
  const endings: unknown[] = []
  session.on('disconnected', (ending) => endings.push(ending))
  await expect.poll(() => given, PATIENCE).toBeGreaterThanOrEqual(4)
  // As many tokens as that last through two ends at the least.
  await expect.poll(() => performance.now() - began, PATIENCE).toBeGreaterThan(2 * TTL_SECONDS * 1_000)
  expect([session.isConnected(), endings]).toEqual([true, []])

  signedIn = undefined
  await expect
    .poll(() => endings.at(-1), PATIENCE)
    .toMatchObject({
      reason: 'token_expired',
      willReconnect: false,
      error: { name: 'TokenEndpointError', status: 401 },
    })
})

it('nobody who is not signed in comes in, and the page is told so', async () => {
  signedIn = undefined
  const getToken = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/token`
  const userAgent = new UserAgent({ uri: `apiKey:${shop.key.apiKey}`, getToken })
  await expect(userAgent.register({ cloudUrl: shop.platform.url, id: 'alice' })).rejects.toMatchObject({
    name: 'TokenEndpointError',
    status: 401,
    code: 'not_signed_in',
  })
})
