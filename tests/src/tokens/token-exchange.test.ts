import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AuthorizationServer,
  allowInsecureRequests,
  type Client,
  discoveryRequest,
  genericTokenEndpointRequest,
  None,
  processDiscoveryResponse,
  processGenericTokenEndpointResponse,
} from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUDIENCE, TestProvider } from '../../../packages/token-endpoint/src/authenticate/provider.fixture.ts'
import { codeBlock } from '../fixtures/code-blocks.fixture.ts'
import {
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatformIn,
} from '../fixtures/platform.fixture.ts'
import { attempt, register } from '../fixtures/raw-client.fixture.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const TYPE = 'urn:ietf:params:oauth:token-type:'
const USER = 'alice'
const PATIENCE = { timeout: 20_000, interval: 500 }
// The platform and the provider of a test listen on this machine alone, without TLS.
const OPTIONS = { [allowInsecureRequests]: true }

const folder = makeFolder()
let provider: TestProvider
let platform: RunningPlatform
let apiKey: string
let server: AuthorizationServer

async function discover({ url }: RunningPlatform) {
  const issuer = new URL(url)
  const discovered = await discoveryRequest(issuer, { ...OPTIONS, algorithm: 'oauth2' })
  return processDiscoveryResponse(issuer, discovered)
}

/** Asks as a standard client does that has no secret; answers what it understands. */
async function exchange(token: string, more: Record<string, string> = {}) {
  const client: Client = { client_id: more['audience'] ?? apiKey }
  const parameters = {
    subject_token: token,
    subject_token_type: `${TYPE}access_token`,
    audience: apiKey,
    ...more,
  }
  const response = await genericTokenEndpointRequest(server, client, None(), GRANT, parameters, OPTIONS)
  return processGenericTokenEndpointResponse(server, client, response)
}

function trust(conversations?: readonly object[]) {
  const grants = conversations && [{ claim: 'client_id', value: USER, conversations }]
  const list = [{ issuer: provider.issuer, audience: AUDIENCE, userIdClaim: 'client_id', ...(grants && { grants }) }]
  const file = join(folder.path, 'providers.json')
  writeFileSync(file, JSON.stringify(list))
  return stagedoor(['policy', 'set', apiKey, '--identity-providers', file, '--data', folder.path])
}

/** The change is in force a moment later. */
const settled = () => new Promise((done) => setTimeout(done, 300))

beforeAll(async () => {
  provider = await TestProvider.start()
  apiKey = (await stagedoorJson<{ apiKey: string }>(['key', 'create'], folder.path)).apiKey
  expect((await trust()).stdout).toContain(`Tokens of ${provider.issuer}`)
  platform = await startPlatformIn({ STAGEDOOR_WEBHOOKS_TO_PRIVATE: '1' }, folder.path)
  server = await discover(platform)
})
afterAll(async () => {
  await platform.stop()
  await provider.stop()
  folder.remove()
})

describe('a front end whose user has a token of a real provider', () => {
  it('exchanges it for one that opens a session, for as long as its own at the most', async () => {
    const given = await exchange(await provider.token())
    expect(given).toMatchObject({ token_type: 'bearer', issued_token_type: `${TYPE}access_token` })
    expect(given.expires_in).toBeLessThanOrEqual(60)
    const { answer, client } = await register(platform.url, apiKey, USER, given.access_token)
    client.socket.terminate()
    expect(answer).toMatchObject({ type: 'registered', id: USER })
    const other = await register(platform.url, apiKey, 'bob', given.access_token)
    expect(other.answer).toMatchObject({ type: 'refused', code: 'user_id_mismatch' })
  })

  it('comes into the conversations that its claims grant and its scope names, and into no other', async () => {
    await trust([{ name: 'lesson-*', role: 'guest', publish: [], subscribe: true }])
    await settled()
    const { access_token: token, scope } = await exchange(await provider.token(), { scope: 'conversation:lesson-7' })
    expect(scope).toBe('conversation:lesson-7')
    const client = await attempt(platform.url)
    client.send({ type: 'register', ref: 1, apiKey, id: USER, token })
    expect(await client.next()).toMatchObject({ type: 'registered' })
    const outcomes: unknown[] = []
    for (const conversation of ['lesson-7', 'lesson-8', 'office']) {
      client.send({ type: 'join', ref: 2, conversation })
      const answer = await client.next()
      outcomes.push('code' in answer ? answer.code : answer.type)
    }
    client.socket.terminate()
    expect(outcomes).toEqual(['joined', 'conversation_not_granted', 'conversation_not_granted'])
    await expect(exchange(await provider.token(), { scope: 'conversation:office' })).rejects.toMatchObject({
      error: 'invalid_scope',
    })
  })

  it('is refused with one for somebody else, one that is no good, and at an API key that trusts nobody', async () => {
    const { apiKey: bank } = await stagedoorJson<{ apiKey: string }>(['key', 'create'], folder.path)
    await settled()
    const good = await provider.token()
    const forged = `${good.slice(0, -8)}AAAAAAAA`
    const elsewhere = await provider.token('https://elsewhere.example/')
    await expect(exchange(elsewhere)).rejects.toMatchObject({ status: 400, error: 'invalid_request' })
    await expect(exchange(forged)).rejects.toMatchObject({ status: 400, error: 'invalid_request' })
    await expect(exchange(good, { audience: bank })).rejects.toMatchObject({ status: 400, error: 'invalid_target' })
    for (const token of [good, forged]) expect(platform.output()).not.toContain(token.split('.')[2])
  })

  it('stays out with the token of its provider once its session was banned, after a restart too, and not with another', async () => {
    const subjectToken = await provider.token()
    const [given, sibling] = [await exchange(subjectToken), await exchange(subjectToken)]
    const { answer, client } = await register(platform.url, apiKey, USER, given.access_token)
    const sessionId = answer.type === 'registered' ? answer.sessionId : ''
    const closed = await stagedoor(['session', 'close', sessionId, '--ban', 'tokens', '--data', folder.path])
    expect(closed.stdout).toContain('revoked every token it presented')
    expect(await client.closed).toBe(4403)
    await expect(exchange(subjectToken)).rejects.toMatchObject({ status: 400, error: 'invalid_request' })
    await platform.stop('SIGKILL')
    platform = await startPlatformIn({ STAGEDOOR_WEBHOOKS_TO_PRIVATE: '1' }, folder.path)
    server = await discover(platform)
    await expect(exchange(subjectToken)).rejects.toMatchObject({ status: 400, error: 'invalid_request' })
    for (const { access_token: token } of [given, sibling]) {
      expect((await register(platform.url, apiKey, USER, token)).answer).toMatchObject({ code: 'token_revoked' })
    }
    expect((await exchange(await provider.token())).token_type).toBe('bearer')
  })

  it('is let in again when its provider comes back with another key, without a restart', {
    timeout: 60_000,
  }, async () => {
    const before = await provider.token()
    await provider.stop()
    await provider.start()
    expect((await exchange(before)).token_type).toBe('bearer')
    const rotated = await provider.token()
    await expect.poll(async () => (await exchange(rotated).catch(() => undefined))?.token_type, PATIENCE).toBe('bearer')
    // What the old key has signed is good no more.
    await expect(exchange(before)).rejects.toMatchObject({ error: 'invalid_request' })
  })
})

describe('the command line', () => {
  const set = (file: string, input = '') =>
    stagedoor(['policy', 'set', apiKey, '--identity-providers', file, '--data', folder.path, '--json'], input)

  it('takes the identity providers that the documentation shows, and none', async () => {
    const example = codeBlock('docs/keys.md', 'json')
    expect(JSON.parse((await set('-', example)).stdout).identityProviders).toEqual(JSON.parse(example))
    const other = await stagedoor(['policy', 'set', apiKey, '--max-ttl', '600', '--data', folder.path, '--json'])
    expect(JSON.parse(other.stdout).identityProviders).toEqual(JSON.parse(example))
    expect(JSON.parse((await set('none')).stdout)).not.toHaveProperty('identityProviders')
    await trust()
  })

  it.each([
    ['no JSON', 'is not valid JSON'],
    ['[{"issuer":"https://login.example"}]', 'identityProviders.0.audience'],
  ])('refuses %s in one line', async (input, words) => {
    const { status, stderr } = await set('-', input)
    expect([status, stderr.trim().split('\n').length, stderr]).toEqual([2, 1, expect.stringContaining(words)])
  })
})

it('a platform that may not ask private addresses says that it cannot ask, and connects nowhere', async () => {
  await platform.stop()
  platform = await startPlatformIn({ STAGEDOOR_WEBHOOKS_TO_PRIVATE: '0' }, folder.path)
  const form = new URLSearchParams({
    grant_type: GRANT,
    subject_token: await provider.token(),
    subject_token_type: `${TYPE}access_token`,
    audience: apiKey,
  })
  const answer = await fetch(`${platform.url}/oauth/token`, { method: 'POST', body: form })
  expect([answer.status, await answer.json()]).toMatchObject([503, { error: 'temporarily_unavailable' }])
  await expect.poll(() => platform.output(), PATIENCE).toContain('private')
})
