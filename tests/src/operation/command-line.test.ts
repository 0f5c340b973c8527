import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import process from 'node:process'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, STAGEDOOR, stagedoor, stagedoorJson, startPlatform } from '../fixtures/platform.fixture.ts'

interface Made {
  readonly apiKey: string
  readonly keyId: string
  readonly secret: string
}

const folder = makeFolder()
afterAll(folder.remove)
const data = ['--data', folder.path]
let made: Made
beforeAll(async () => {
  made = await stagedoorJson<Made>(['key', 'create', '--name', 'Shop'], folder.path)
})

describe('the command line', () => {
  it.each([
    [[], 'serve'],
    [['serve'], '--dev'],
    [['key'], 'create'],
    [['key', 'create'], '--allow-any-user'],
    [['policy', 'set'], '--on-expiry'],
    [['revoke'], 'everything'],
    [['secret'], 'retire'],
    [['token'], 'inspect'],
    [['token', 'create'], 'Examples'],
  ])('explains "stagedoor %s --help"', async (args, word) => {
    const { status, stdout } = await stagedoor([...args, '--help'])
    expect(status).toBe(0)
    expect(stdout).toContain(word)
  })

  it.each([['explain', '--help'], ['--help']])(
    'ends quietly when the reader of its output closes the pipe, as in "stagedoor %s | head -1"',
    async (...args) => {
      const child = spawn(process.execPath, [STAGEDOOR, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      let stderr = ''
      child.stderr.on('data', (chunk) => {
        stderr += chunk
      })
      // Before it has written anything.
      child.stdout.destroy()
      const [status, signal] = await once(child, 'close')
      expect([typeof status, signal]).toEqual(['number', null])
      expect(stderr).not.toMatch(/EPIPE|\n\s+at /)
    },
  )

  it('shows a secret only once: no list contains it', async () => {
    const keys = await stagedoor(['key', 'list', ...data])
    const secrets = await stagedoor(['secret', 'list', made.apiKey, ...data])
    expect(keys.stdout).toContain(made.apiKey)
    expect(secrets.stdout).toContain(made.keyId)
    expect(keys.stdout + secrets.stdout).not.toContain(made.secret)
  })

  it('creates a token, and verifies it from an argument, "-" and standard input', async () => {
    const minted = await stagedoor(['token', 'create', made.apiKey, '--user', 'alice', ...data])
    const token = minted.stdout.trim()
    for (const [args, input] of [
      [[token], ''],
      [['-'], minted.stdout],
      [[], minted.stdout],
    ] as const) {
      const { status, stdout } = await stagedoor(['token', 'verify', ...args, '--user', 'alice', ...data], input)
      expect([status, stdout.split('\n')[0]]).toEqual([0, `Valid: a token for ${made.apiKey}.`])
    }
  })

  it('prints the checks of a refused token and exits with 1', async () => {
    const token = new AccessToken(made.apiKey, 'not the secret of this key, by any means', {
      apiRTC_UserAgent_Id: 'alice',
    }).toJwt()
    const { status, stdout } = await stagedoor(['token', 'verify', token, ...data])
    expect(status).toBe(1)
    expect(stdout).toMatch(/Refused: signature_invalid/)
    expect(stdout).toMatch(/✓ {2}algorithm\n✗ {2}signature .*\n· {2}claims/)
    const json = await stagedoor(['token', 'verify', token, '--json', ...data])
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, code: 'signature_invalid', checks: { length: 17 } })
  })

  it('inspects a token without its secret', async () => {
    const token = new AccessToken('nobody', 'not a secret that anybody has, really', {
      apiRTC_UserAgent_Id: 'alice',
      ttl: 60,
    }).toJwt()
    const { status, stdout } = await stagedoor(['token', 'inspect', token])
    expect(status).toBe(0)
    expect(stdout).toContain('Not verified')
    expect(stdout).toMatch(/exp {2}\d+ {2}.*Z, in (1 min|\d+ s)/)
  })

  it('creates a token with the conversation grants of its options', async () => {
    const conversation = ['--conversation', 'lobby', '--conversation', 'room-*:guest:audio']
    const minted = await stagedoor(['token', 'create', made.apiKey, '--user', 'bob', ...conversation, ...data])
    const { stdout } = await stagedoor(['token', 'inspect', '--json'], minted.stdout)
    expect(JSON.parse(stdout).payload.grants.conversations).toEqual([
      { name: 'lobby', role: 'contributor', publish: ['audio', 'video', 'screen', 'data'], subscribe: true },
      { name: 'room-*', role: 'guest', publish: ['audio'], subscribe: true },
    ])
  })

  it('refuses a token for any user until the policy allows it, and says how to allow it', async () => {
    const minted = await stagedoor(['token', 'create', made.apiKey, '--any-user', ...data])
    expect(minted.stderr).toContain(`stagedoor policy set ${made.apiKey} --allow-any-user`)
    const verify = () => stagedoor(['token', 'verify', ...data], minted.stdout)
    const refused = await verify()
    expect([refused.status, refused.stdout]).toEqual([1, expect.stringContaining('wildcard_refused')])
    expect(refused.stdout).toContain(`stagedoor policy set ${made.apiKey} --allow-any-user`)
    await stagedoor(['policy', 'set', made.apiKey, '--allow-any-user', ...data])
    expect((await verify()).status).toBe(0)
    await stagedoor(['policy', 'set', made.apiKey, '--no-allow-any-user', ...data])
    expect((await verify()).status).toBe(1)
  })

  it('retires a secret, and refuses its tokens from then on', async () => {
    const fresh = await stagedoorJson<Made>(['secret', 'create', made.apiKey], folder.path)
    const token = new AccessToken(made.apiKey, fresh.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const verify = () => stagedoor(['token', 'verify', token, ...data])
    expect((await verify()).status).toBe(0)
    await stagedoor(['secret', 'retire', made.apiKey, fresh.keyId, ...data])
    expect((await verify()).status).toBe(1)
  })

  it('describes a policy, and changes only the settings that are given', async () => {
    const { apiKey } = await stagedoorJson<Made>(['key', 'create'], folder.path)
    const changes = ['--max-ttl', '3600', '--on-expiry', '30', '--origins', 'https://a.example,https://b.example']
    const set = await stagedoor([
      'policy',
      'set',
      apiKey,
      ...changes,
      '--sessions-per-user',
      '1',
      '--single-use',
      ...data,
    ])
    expect(set.stdout).toContain('Tokens are valid for at most 1 hour')
    await stagedoor([
      'policy',
      'set',
      apiKey,
      '--beyond',
      'close-oldest',
      '--publish',
      'audio',
      '--no-subscribe',
      ...data,
    ])
    const shown = await stagedoor(['policy', 'show', apiKey, ...data])
    for (const words of [
      'A session is closed 30 seconds after its token expires',
      'Only pages of https://a.example, https://b.example can connect.',
      'A user can have 1 session; another one closes the oldest.',
      'Each token opens one session.',
      'contributor, can publish audio, cannot subscribe',
    ]) {
      expect(shown.stdout).toContain(words)
    }
    const silent = await stagedoor(['policy', 'set', apiKey, '--publish', 'none', ...data])
    expect(silent.stdout).toContain('contributor, can publish nothing, cannot subscribe')
    await stagedoor(['policy', 'set', apiKey, '--origins', 'any', '--sessions-per-user', 'any', ...data])
    const json = await stagedoorJson<object>(['policy', 'show', apiKey], folder.path)
    expect(json).toMatchObject({ maxTtlSeconds: 3600, onExpiry: { graceSeconds: 30 }, singleUse: true })
    expect(json).not.toHaveProperty('origins')
    expect(json).not.toHaveProperty('sessionsPerUser')
  })

  it('describes the rate limits of a policy, and changes only those that are given', async () => {
    const { apiKey } = await stagedoorJson<Made>(['key', 'create'], folder.path)
    const set = (...limits: string[]) => stagedoor(['policy', 'set', apiKey, ...limits, ...data])
    await set('--registrations-per-minute', '30', '--connection-attempts-per-minute', '600')
    const { stdout } = await set('--messages-per-second', '50', '--connection-attempts-per-minute', 'any')
    expect(stdout).toContain('A user can make 30 registrations per minute.')
    expect(stdout).toContain('An address can make any number of connection attempts.')
    expect(stdout).toContain('A session can send 50 messages per second.')
    expect(await stagedoorJson(['policy', 'show', apiKey], folder.path)).toMatchObject({
      rateLimits: { registrationsPerMinute: 30, messagesPerSecond: 50 },
    })
  })

  it('renames, disables, enables and deletes an API key, the last only with --yes', async () => {
    const { apiKey } = await stagedoorJson<Made>(['key', 'create'], folder.path)
    const look = async () =>
      (await stagedoorJson<{ apiKey: string; name: string; state: string }[]>(['key', 'list'], folder.path)).find(
        (key) => key.apiKey === apiKey,
      )
    await stagedoor(['key', 'rename', apiKey, 'Other shop', ...data])
    await stagedoor(['key', 'disable', apiKey, ...data])
    expect(await look()).toMatchObject({ name: 'Other shop', state: 'disabled' })
    await stagedoor(['key', 'enable', apiKey, ...data])
    const unsure = await stagedoor(['key', 'delete', apiKey, ...data])
    expect([unsure.status, unsure.stderr]).toEqual([
      2,
      expect.stringContaining('has 1 active signing key and an unknown number of sessions'),
    ])
    expect(await look()).toMatchObject({ state: 'active' })
    await stagedoor(['key', 'delete', apiKey, '--yes', ...data])
    expect(await look()).toBeUndefined()
  })

  it.each([
    ['an origin with a path', ['policy', 'set', 'KEY', '--origins', 'https://a.example/shop', ...data]],
    ['an expiry in words', ['policy', 'set', 'KEY', '--on-expiry', 'later', ...data]],
    ['an unknown role in a policy', ['policy', 'set', 'KEY', '--role', 'king', ...data]],
    ['an unknown kind of media', ['policy', 'set', 'KEY', '--publish', 'smell', ...data]],
    ['--beyond without --sessions-per-user', ['policy', 'set', 'KEY', '--beyond', 'refuse', ...data]],
    ['a rate limit of 0', ['policy', 'set', 'KEY', '--registrations-per-minute', '0', ...data]],
    ['a rate limit that is too high', ['policy', 'set', 'KEY', '--connection-attempts-per-minute', '100001', ...data]],
    ['an unlimited message rate', ['policy', 'set', 'KEY', '--messages-per-second', 'any', ...data]],
    ['every address as a trusted proxy', ['serve', '--port', '0', '--trust-proxy', '0.0.0.0/0', ...data]],
    ['an unknown secret to revoke', ['revoke', 'secret', 'KEY', 'none', ...data]],
    ['an unknown API key to delete', ['key', 'delete', 'nobody', '--yes', ...data]],
    ['an unknown API key to revoke tokens of', ['revoke', 'everything', 'nobody', ...data]],
  ])('rejects %s with one clear line and exit code 2, and changes nothing', async (_what, args) => {
    const before = await stagedoor(['policy', 'show', made.apiKey, ...data])
    const { status, stdout, stderr } = await stagedoor(args.map((arg) => (arg === 'KEY' ? made.apiKey : arg)))
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect((await stagedoor(['policy', 'show', made.apiKey, ...data])).stdout).toBe(before.stdout)
  })

  it.each([
    ['an unknown command', ['kay', 'list']],
    ['an unknown option', ['key', 'list', '--colour']],
    ['an empty name', ['key', 'create', '--name', ' ', ...data]],
    ['a name that is too long', ['key', 'create', '--name', 'x'.repeat(101), ...data]],
    ['an API key that does not exist', ['secret', 'create', 'nobody', ...data]],
    ['a secret that does not exist', ['secret', 'retire', 'nobody', 'none', ...data]],
    ['a lifetime of 0', ['token', 'create', 'nobody', '--user', 'a', '--ttl', '0', ...data]],
    ['a lifetime that is too long', ['token', 'create', 'nobody', '--user', 'a', '--ttl', '86401', ...data]],
    ['a life in words', ['token', 'create', 'nobody', '--user', 'a', '--ttl', '1h', ...data]],
    ['no user', ['token', 'create', 'nobody', ...data]],
    ['an unknown role', ['token', 'create', 'nobody', '--user', 'a', '--conversation', 'a:king', ...data]],
    ['no token', ['token', 'inspect']],
    ['a malformed token', ['token', 'inspect', 'abc']],
    ['a port that is out of range', ['serve', '--port', '65536', ...data]],
    ['a malformed public URL', ['serve', '--public-url', 'example.com', ...data]],
    ['a public URL with a query', ['serve', '--public-url', 'https://example.com/rtc?a', ...data]],
    ['a public URL with a path that contains ".."', ['serve', '--public-url', 'https://example.com/a/..', ...data]],
    [
      'a public URL with a path that the platform itself uses',
      ['serve', '--port', '0', '--public-url', 'https://example.com/api', ...data],
    ],
  ])('rejects %s with one clear line and exit code 2, and writes nothing', async (_what, args) => {
    const before = await stagedoor(['key', 'list', '--json', ...data])
    const { status, stdout, stderr } = await stagedoor(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(
      stderr
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('(Did you mean')),
    ).toHaveLength(1)
    expect(stderr).not.toMatch(/at .*\.js/)
    expect((await stagedoor(['key', 'list', '--json', ...data])).stdout).toBe(before.stdout)
  })

  it('does not open a store with another master key, and says what to do', async () => {
    const wrong = { STAGEDOOR_MASTER_KEY: 'A'.repeat(43) }
    const { status, stderr } = await stagedoor(['key', 'list', ...data], '', wrong)
    expect([status, stderr]).toEqual([2, expect.stringContaining('another master key')])
    const short = await stagedoor(['key', 'list', ...data], '', { STAGEDOOR_MASTER_KEY: 'abc' })
    expect([short.status, short.stderr]).toEqual([2, expect.stringContaining('openssl rand')])
  })

  it('exits if the port is in use, and names it', async () => {
    const platform = await startPlatform(folder.path)
    const elsewhere = makeFolder()
    const port = new URL(platform.url).port
    const { status, stderr } = await stagedoor(['serve', '--port', port, '--data', elsewhere.path])
    expect([status, stderr]).toEqual([
      2,
      `stagedoor: Port ${port} is already in use. Choose another one with --port, for example: npm start -- --port ${Number(port) + 1}\n`,
    ])
    await platform.stop()
    elsewhere.remove()
  })

  it('works for many concurrent commands on a new data folder', async () => {
    const fresh = makeFolder()
    const create = () => stagedoorJson<Made>(['key', 'create', '--name', 'Shop'], fresh.path)
    const keys = await Promise.all(Array.from({ length: 6 }, create))
    const listed = await stagedoorJson<Made[]>(['key', 'list'], fresh.path)
    expect(listed.map(({ apiKey }) => apiKey).sort()).toEqual(keys.map(({ apiKey }) => apiKey).sort())
    expect(readdirSync(fresh.path).filter((name) => name.startsWith('master.key'))).toEqual(['master.key'])
    fresh.remove()
  })
})
