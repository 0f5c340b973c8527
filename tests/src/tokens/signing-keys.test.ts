import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Listed,
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatform,
  startPlatformIn,
} from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'

interface ListedKey {
  readonly keyId: string
  readonly kind: string
  readonly state: string
  readonly sessions?: number
  readonly lastUsedAt?: string
}

const folder = makeFolder()
let platform: RunningPlatform
let apiKey: string

beforeAll(async () => {
  apiKey = (await stagedoorJson<{ apiKey: string }>(['key', 'create'], folder.path)).apiKey
  platform = await startPlatform(folder.path)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

function mint(key: KeyObject | string, options: ConstructorParameters<typeof AccessToken>[2] = {}): string {
  return new AccessToken(apiKey, key as string, { apiRTC_UserAgent_Id: 'alice', ...options }).toJwt()
}

async function attempt(token: string) {
  const { client, answer } = await register(platform.url, apiKey, 'alice', token)
  return { socket: client.socket, outcome: answer.type === 'refused' ? answer.code : answer.type }
}

async function outcomeOf(token: string): Promise<string> {
  const { socket, outcome } = await attempt(token)
  socket.close()
  return outcome
}

function soon(token: string) {
  return expect.poll(() => outcomeOf(token), { timeout: 5_000, interval: 50 })
}

function ask(...args: string[]) {
  return stagedoor([...args, '--data', folder.path])
}

async function list(): Promise<readonly ListedKey[]> {
  return (await stagedoorJson<Listed<ListedKey>>(['signing-key', 'list', apiKey], folder.path)).items
}

describe('a secret from before the move', () => {
  const secret = 'Qz7"!k(2)Vw;p_4&Lx/9%Tn$6=Rb\'8+Hd?3{Mf}1[Cy]5<Jg'

  it('is imported from standard input, and its tokens open sessions', async () => {
    expect(await stagedoor(['signing-key', 'import', apiKey, '--data', folder.path], `${secret}\n`)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('HS256'),
    })
    await soon(mint(secret)).toBe('registered')
  })

  it('is imported with its API key, and existing tokens are admitted', async () => {
    const data = ['--data', folder.path]
    expect((await stagedoor(['key', 'create', '--id', 'old-api-key', ...data])).stdout).toContain('old-api-key')
    await stagedoor(['signing-key', 'import', 'old-api-key', ...data], secret)
    const token = new AccessToken('old-api-key', secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const enter = async () => {
      const { answer, client } = await register(platform.url, 'old-api-key', 'alice', token)
      client.socket.terminate()
      return answer.type
    }
    await expect.poll(enter, { timeout: 5_000, interval: 50 }).toBe('registered')
    const again = await stagedoor(['key', 'create', '--id', 'old-api-key', ...data])
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('already') })
  })

  it('is refused where it is weak, with what to do', async () => {
    for (const weak of ['secret', 'reallyreallyreallyreallyverysafe']) {
      const { status, stderr } = await stagedoor(['signing-key', 'import', apiKey, '--data', folder.path], weak)
      expect(status).toBe(2)
      expect(stderr).toContain('stagedoor signing-key create')
      expect(stderr).not.toContain(weak === 'secret' ? '"secret"' : weak)
    }
  })

  it('says what would break before it is retired, goes on until its end, and its sessions stay', async () => {
    const token = mint(secret)
    const { socket } = await attempt(token)
    const { keyId } = (await list()).find(({ kind, sessions }) => kind === 'secret' && sessions === 1) as ListedKey
    const refused = await ask('signing-key', 'retire', apiKey, keyId)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toMatch(/in use \(1 session, last token \d+ s ago\)/)

    expect((await ask('signing-key', 'retire', apiKey, keyId, '--in', '1h')).stdout).toContain('signing-key keep')
    expect(await list()).toContainEqual(expect.objectContaining({ keyId, state: 'retiring' }))
    expect(await outcomeOf(token)).toBe('registered')
    expect((await ask('signing-key', 'retire', apiKey, keyId, '--in', '1s')).status).toBe(0)
    await soon(token).toBe('token_invalid')
    expect(await list()).toContainEqual(expect.objectContaining({ keyId, state: 'retired', sessions: 1 }))
    expect(socket.readyState).toBe(socket.OPEN)
    socket.close()
  })
})

it('a public key admits what its private half has signed, and is known after a restart to have been used', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
  await stagedoor(['signing-key', 'add-public-key', apiKey, '--key-id', 'shop-1', '--data', folder.path], pem)
  await soon(mint(privateKey, { algorithm: 'EdDSA', keyId: 'shop-1' })).toBe('registered')
  await platform.stop()
  const used = (await list()).find(({ keyId }) => keyId === 'shop-1')
  expect(Date.parse(used?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
  expect(used?.sessions).toBeUndefined()
  platform = await startPlatform(folder.path)
})

describe('keys that an identity provider publishes', () => {
  const [first, second] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('ed25519')]
  const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' })
  let provider: Server
  let published: unknown[] = []
  let fetches = 0

  beforeAll(async () => {
    await platform.stop()
    // The provider of this test is on this machine.
    platform = await startPlatformIn({ STAGEDOOR_WEBHOOKS_TO_PRIVATE: '1' }, folder.path)
    provider = createServer((_request, response) => {
      fetches++
      if (published.length === 0) response.writeHead(503).end()
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }))
    })
    await new Promise<void>((open) => provider.listen(0, '127.0.0.1', open))
  })
  afterAll(() => provider.close())

  function urlOf(path: string): string {
    return `http://127.0.0.1:${(provider.address() as AddressInfo).port}${path}`
  }

  it('are said to be unavailable while they cannot be fetched, and a forged token learns no more than ever', async () => {
    await ask('signing-key', 'add-key-set', apiKey, urlOf('/down'), '--key-id', 'down')
    const token = mint(first.privateKey, { algorithm: 'RS256', keyId: 'first' })
    await soon(token).toBe('unavailable')
    expect(fetches).toBe(1)
    await ask('signing-key', 'retire', apiKey, 'down', '--yes')
    await soon(token).toBe('token_invalid')
  })

  it('are fetched for the first of many that come at once, and all of them are let in', async () => {
    published = [jwk(first.publicKey, 'first')]
    fetches = 0
    await ask('signing-key', 'add-key-set', apiKey, urlOf('/jwks'), '--key-id', 'provider')
    const token = mint(first.privateKey, { algorithm: 'RS256', keyId: 'first' })
    await soon(token).toBe('registered')
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(token)))
    expect(new Set(outcomes)).toEqual(new Set(['registered']))
    expect(fetches).toBe(1)
  })

  it('are not fetched for a flood of names that nobody knows', async () => {
    const flood = Array.from({ length: 300 }, (_none, at) =>
      mint(second.privateKey, { algorithm: 'EdDSA', keyId: `unknown ${at}` }),
    )
    for (let at = 0; at < flood.length; at += 50) {
      expect(new Set(await Promise.all(flood.slice(at, at + 50).map(outcomeOf)))).toEqual(new Set(['token_invalid']))
    }
    expect(fetches).toBe(1)
    expect(await outcomeOf(mint(first.privateKey, { algorithm: 'RS256', keyId: 'first' }))).toBe('registered')
  })

  it('are no secret to sign with', async () => {
    const text = JSON.stringify(jwk(first.publicKey, 'first'))
    const forged = mint(`${text.slice(1)} `, { keyId: 'first' })
    expect(await outcomeOf(forged)).toBe('token_invalid')
  })

  it('count as one in the list, with the sessions that any of them opened', async () => {
    const { socket } = await attempt(mint(first.privateKey, { algorithm: 'RS256', keyId: 'first' }))
    expect(await list()).toContainEqual(expect.objectContaining({ keyId: 'provider', kind: 'key_set', sessions: 1 }))
    await ask('revoke', 'signing-key', apiKey, 'provider')
    await expect.poll(() => socket.readyState, { timeout: 5_000 }).toBe(socket.CLOSED)
    await soon(mint(first.privateKey, { algorithm: 'RS256', keyId: 'first' })).toBe('token_invalid')
  })

  it('are not fetched from a private address by a platform that asks none, which says so', async () => {
    await platform.stop()
    platform = await startPlatform(folder.path)
    fetches = 0
    await ask('signing-key', 'add-key-set', apiKey, urlOf('/private'), '--key-id', 'private')
    await soon(mint(first.privateKey, { algorithm: 'RS256', keyId: 'first' })).toBe('unavailable')
    await expect.poll(() => platform.output()).toContain('EPRIVATEADDRESS')
    expect(fetches).toBe(0)
  })
})
