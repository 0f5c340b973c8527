import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { createAdmin } from '@stagedoor/admin'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { enrollOwner } from '../fixtures/owner.fixture.ts'
import {
  type Listed,
  makeFolder,
  type RunningPlatform,
  stagedoor,
  startPlatform,
} from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'

const SESSION_CLOSED = 4403

const [there, here] = [makeFolder(), makeFolder()]
let platform: RunningPlatform
let token: string
let shop: { readonly apiKey: string; readonly keyId: string; readonly secret: string }

beforeAll(async () => {
  platform = await startPlatform(there.path)
  token = await enrollOwner({ dataFolder: there.path })
  shop = await askJson('key', 'create', '--name', 'Shop')
})
afterAll(async () => {
  await platform?.stop()
  there.remove()
  here.remove()
})

/** Runs the command where there is no data folder of the platform, and nothing of it but its address. */
function ask(args: readonly string[], environment: NodeJS.ProcessEnv = {}, input = '') {
  return stagedoor(args, input, { STAGEDOOR_URL: platform.url, STAGEDOOR_TOKEN: token, ...environment })
}

async function askJson<T>(...args: readonly string[]): Promise<T> {
  const { status, stdout, stderr } = await ask([...args, '--json'])
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

async function enter(id: string) {
  const minted = await askJson<{ token: string }>('token', 'create', shop.apiKey, '--user', id)
  const { client, answer } = await register(platform.url, shop.apiKey, id, minted.token)
  if (answer.type !== 'registered') throw new Error(`${id} is not let in: ${JSON.stringify(answer)}`)
  return { client, sessionId: answer.sessionId, token: minted.token }
}

async function listen(listener: RequestListener, { andHangUp = false } = {}): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as { port: number }
  if (andHangUp) await new Promise((closed) => server.close(closed))
  else onTestFinished(() => void server.close())
  return `http://127.0.0.1:${port}`
}

describe('the command line on a remote platform', () => {
  it('creates, renames, disables, enables, lists and deletes an API key', async () => {
    const { apiKey, secret } = await askJson<typeof shop>('key', 'create', '--name', 'Stall', '--id', 'stall-1')
    expect(apiKey).toBe('stall-1')
    expect(secret).toMatch(/^secret_/)
    expect((await ask(['key', 'rename', apiKey, 'Stand'])).stdout).toBe(`Renamed ${apiKey} to Stand.\n`)
    await ask(['key', 'disable', apiKey, '--yes'])
    expect((await askJson<Listed<object>>('key', 'list')).items).toContainEqual(
      expect.objectContaining({ apiKey, name: 'Stand', state: 'disabled' }),
    )
    await ask(['key', 'enable', apiKey])
    const asked = await ask(['key', 'delete', apiKey])
    expect([asked.status, asked.stderr]).toEqual([
      2,
      expect.stringContaining('1 active signing key and 0 live sessions'),
    ])
    expect((await ask(['key', 'delete', apiKey, '--yes'])).status).toBe(0)
    expect(await askJson('key', 'list')).toMatchObject({
      items: [{ apiKey: shop.apiKey, name: 'Shop', state: 'active' }],
    })
  })

  it('creates a secret, imports one, retires them and cancels a retirement', async () => {
    const made = await askJson<typeof shop>('signing-key', 'create', shop.apiKey)
    const imported = await ask(
      ['signing-key', 'import', shop.apiKey, '--key-id', 'ours', '--json'],
      {},
      'fZ9!kq#2Lw8@xP4$vN6^bT1&yR3*mC5(jH7)dG0-sA_eU+oI',
    )
    expect(JSON.parse(imported.stdout)).toMatchObject({ apiKey: shop.apiKey, keyId: 'ours', kind: 'secret' })
    await ask(['signing-key', 'retire', shop.apiKey, 'ours', '--in', '1h'])
    await ask(['signing-key', 'keep', shop.apiKey, 'ours'])
    const { status, stdout } = await ask(['signing-key', 'retire', shop.apiKey, made.keyId])
    expect([status, stdout]).toEqual([0, expect.stringContaining(`Retired ${made.keyId}.`)])
    expect(await askJson('signing-key', 'list', shop.apiKey)).toMatchObject({
      items: [
        { keyId: shop.keyId, state: 'active' },
        { keyId: made.keyId, state: 'retired', sessions: 0 },
        { keyId: 'ours', state: 'active' },
      ],
    })
  })

  it('describes a policy and changes only the settings that are given', async () => {
    const set = ['--max-ttl', '7200', '--origins', 'https://shop.example', '--sessions-per-user', '3']
    await ask(['policy', 'set', shop.apiKey, ...set])
    await ask(['policy', 'set', shop.apiKey, '--origins', 'any', '--connection-attempts-per-minute', '600'])
    const policy = await askJson<object>('policy', 'show', shop.apiKey)
    expect(policy).toMatchObject({
      maxTtlSeconds: 7_200,
      sessionsPerUser: { most: 3, beyond: 'refuse' },
      rateLimits: { connectionAttemptsPerMinute: 600 },
    })
    expect(policy).not.toHaveProperty('origins')
    expect(await askJson('key', 'show', shop.apiKey)).toMatchObject({ name: 'Shop', state: 'active', policy })
    // The same text as for a local platform.
    const local = await stagedoor(['policy', 'show', shop.apiKey, '--data', there.path])
    expect((await ask(['policy', 'show', shop.apiKey])).stdout).toBe(local.stdout)
  })

  it('lists sessions, ejects one from a conversation, and closes and bans it', async () => {
    const alice = await enter('alice')
    const list = () => askJson<Listed<object>>('session', 'list', '--user', 'alice')
    alice.client.send({ type: 'join', ref: 2, conversation: 'lobby' })
    await alice.client.next()
    expect(await list()).toMatchObject({
      total: 1,
      items: [{ sessionId: alice.sessionId, apiKey: shop.apiKey, conversations: ['lobby'] }],
    })
    expect((await ask(['session', 'eject', alice.sessionId, 'lobby'])).stdout).toContain('It can join again')
    const again = await ask(['session', 'eject', alice.sessionId, 'lobby'])
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('is not in lobby')])
    const { status, stdout } = await ask(['session', 'close', alice.sessionId, '--ban', 'tokens'])
    expect([status, stdout]).toEqual([0, expect.stringContaining('revoked every token it presented')])
    expect(await alice.client.closed).toBe(SESSION_CLOSED)
    expect(await list()).toEqual({ total: 0, items: [] })
    const gone = await ask(['session', 'close', alice.sessionId])
    expect([gone.status, gone.stderr]).toEqual([
      2,
      'stagedoor: There is no such live session. List the sessions: npx stagedoor session list\n',
    ])
  })

  it('shows why a client was refused, and explains who would be admitted', async () => {
    const bob = await enter('bob')
    bob.client.socket.terminate()
    const { answer } = await register(platform.url, shop.apiKey, 'eve', bob.token)
    if (answer.type !== 'refused') throw new Error('eve is let in')
    const shown = await ask(['refusal', 'show', answer.refusalId])
    expect(shown.stdout).toContain('Refused: user_id_mismatch')
    expect(await askJson('refusal', 'list', '--user', 'eve')).toMatchObject({
      total: 1,
      items: [{ refusalId: answer.refusalId, code: 'user_id_mismatch', apiKey: shop.apiKey }],
    })
    expect((await ask(['explain', bob.token, '--conversation', 'lobby', '--publish', 'audio'])).status).toBe(0)
    const no = await ask(['explain', bob.token, '--user', 'eve'])
    expect([no.status, no.stdout]).toEqual([1, expect.stringContaining('✗')])
    // The same text as for a local platform, because the server answers there too.
    expect((await stagedoor(['explain', bob.token, '--user', 'eve', '--data', there.path])).stdout).toBe(no.stdout)
  })

  it('revokes a user', async () => {
    const carol = await enter('carol')
    const { status, stdout } = await ask(['revoke', 'user', shop.apiKey, 'carol'])
    expect([status, stdout]).toEqual([0, expect.stringContaining('Revoked every token of carol')])
    expect(await carol.client.closed).toBe(SESSION_CLOSED)
  })

  it('is in the audit log under the account, and locally under the command line', async () => {
    const [dave, erin] = [await enter('dave'), await enter('erin')]
    await ask(['session', 'close', dave.sessionId])
    await stagedoor(['session', 'close', erin.sessionId, '--data', there.path])
    const admin = createAdmin({ url: platform.url, token })
    const { items } = await admin.get('/api/v1/audit', { params: { query: { limit: 2 } } })
    expect(items).toMatchObject([
      { action: 'session.closed', subject: erin.sessionId, actor: { kind: 'command_line', name: expect.any(String) } },
      { action: 'session.closed', subject: dave.sessionId, actor: { kind: 'token', name: 'owner@example.com' } },
    ])
  })

  it('reads the token from a file and the address from an option', async () => {
    const file = join(here.path, 'token')
    writeFileSync(file, `${token}\n`)
    const args = ['key', 'list', '--url', `${platform.url}/`, '--token-file', file]
    const { status, stdout } = await stagedoor(args, '', { STAGEDOOR_TOKEN: 'sdpat_of_nobody' })
    expect([status, stdout]).toEqual([0, expect.stringContaining(shop.apiKey)])
  })
})

describe('the command line on a remote platform says in one line what is wrong:', () => {
  const keyList = (environment: NodeJS.ProcessEnv, ...args: string[]) => ask(['key', 'list', ...args], environment)

  it.each([
    [
      'a missing token',
      { STAGEDOOR_TOKEN: '' },
      /^stagedoor: --url needs a personal access token .*STAGEDOOR_TOKEN.*--token-file/,
    ],
    ['a malformed token', { STAGEDOOR_TOKEN: 'a b' }, /is malformed. Expected sdpat_/],
    ['an unknown token', { STAGEDOOR_TOKEN: 'sdpat_of_nobody' }, /personal access token is unknown or has expired/],
    ['an address that cannot be used', { STAGEDOOR_URL: 'http://127.0.0.1:1' }, /cannot be reached \(bad port\)/],
    ['a malformed address', { STAGEDOOR_URL: 'rtc.example.com' }, /Expected an address such as/],
  ])('%s', async (_what, environment, words) => {
    const { status, stdout, stderr } = await keyList(environment)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(words)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain(token)
  })

  it('an unreachable platform', async () => {
    const url = await listen(() => {}, { andHangUp: true })
    expect((await keyList({ STAGEDOOR_URL: url })).stderr).toContain(`${url} cannot be reached (ECONNREFUSED)`)
  })

  it('an answer that is not from a platform, or a redirect', async () => {
    const page = await listen((_request, response) => response.setHeader('content-type', 'text/html').end('<p>Hello'))
    expect((await keyList({ STAGEDOOR_URL: page })).stderr).toContain('but not like a Stagedoor platform')
    let followed = 0
    const target = await listen((_request, response) => response.end(`${followed++}`))
    const mover = await listen((_request, response) => response.writeHead(308, { location: `${target}/x` }).end())
    expect((await keyList({ STAGEDOOR_URL: mover })).stderr).toContain(`redirects to ${target}.`)
    const renamed = await listen(({ url }, response) =>
      response.writeHead(308, { location: `${target}/rtc${url}` }).end(),
    )
    expect((await keyList({ STAGEDOOR_URL: renamed })).stderr).toContain(`redirects to ${target}/rtc.`)
    expect(followed).toBe(0)
  })

  it('a token without the right', async () => {
    const held = await enrollOwner({ dataFolder: there.path }, { email: 'held@example.com', rights: ['keys:read'] })
    const { status, stderr } = await ask(['signing-key', 'create', shop.apiKey], { STAGEDOOR_TOKEN: held })
    expect([status, stderr]).toEqual([2, expect.stringContaining('the right signing_keys:write')])
    const unknown = await ask(['signing-key', 'list', 'key_of_nobody'])
    expect([unknown.status, unknown.stderr]).toEqual([2, 'stagedoor: There is no such API key\n'])
  })

  it('a command that only works locally', async () => {
    for (const args of [
      ['account', 'list'],
      ['master-key', 'rotate'],
      ['token', 'verify', 'x'],
    ]) {
      const { status, stderr } = await ask(args)
      expect([args, status, stderr]).toEqual([
        args,
        2,
        expect.stringContaining("only works on the platform's own machine. Unset"),
      ])
    }
    const { stderr } = await stagedoor(['account', 'list', '--url', platform.url])
    expect(stderr).toContain('Remove --url')
    expect((await ask(['account', 'list', '--data', there.path])).status).toBe(0)
  })

  it('a data folder together with an address; --data overrides the environment', async () => {
    const both = await stagedoor(['key', 'list', '--url', platform.url, '--data', here.path])
    expect([both.status, both.stderr]).toEqual([2, expect.stringContaining('not both')])
    const local = await keyList({ STAGEDOOR_TOKEN: '' }, '--data', here.path)
    expect(local.stderr).toContain(`There is no platform in ${here.path}`)
  })

  it('a token as an argument; --help says where it belongs', async () => {
    const { stdout } = await stagedoor(['session', 'close', '--help'])
    expect(stdout).toContain('STAGEDOOR_URL')
    expect(stdout).toContain('--token-file')
    expect((await ask(['key', 'list', '--token', token])).stderr).toContain('unknown option')
  })
})
