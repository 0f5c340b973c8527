import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Listed,
  makeFolder,
  STAGEDOOR,
  stagedoor,
  stagedoorJson,
  startPlatform,
} from '../fixtures/platform.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

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
    [['signing-key'], 'retire'],
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
    const secrets = await stagedoor(['signing-key', 'list', made.apiKey, ...data])
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
    const fresh = await stagedoorJson<Made>(['signing-key', 'create', made.apiKey], folder.path)
    const token = new AccessToken(made.apiKey, fresh.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const verify = () => stagedoor(['token', 'verify', token, ...data])
    expect((await verify()).status).toBe(0)
    await stagedoor(['signing-key', 'retire', made.apiKey, fresh.keyId, ...data])
    expect((await verify()).status).toBe(1)
  })

  it('shows an API key with its policy', async () => {
    const { status, stdout } = await stagedoor(['key', 'show', made.apiKey, ...data])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^API key {2}key_\S+\nName {5}Shop\nState {4}active\nCreated {2}\d{4}-\S+Z\n\nPolicy\n/)
    expect(stdout).toContain('  A token is required.\n')
    expect(stdout).not.toContain(made.secret)
    const unknown = await stagedoor(['key', 'show', 'nobody', ...data])
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      'stagedoor: There is no API key "nobody". See: npx stagedoor key list\n',
    ])
  })

  it('renames, disables, enables and deletes an API key, and needs --yes to disable or delete it without a terminal', async () => {
    const { apiKey } = await stagedoorJson<Made>(['key', 'create'], folder.path)
    const look = async () =>
      (
        await stagedoorJson<Listed<{ apiKey: string; name: string; state: string }>>(['key', 'list'], folder.path)
      ).items.find((key) => key.apiKey === apiKey)
    await stagedoor(['key', 'rename', apiKey, 'Other shop', ...data])
    for (const command of [
      ['key', 'disable', apiKey],
      ['revoke', 'everything', apiKey],
    ]) {
      const { status, stdout, stderr } = await stagedoor([...command, ...data])
      expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(/ To confirm, add --yes\n$/)])
      expect(await look()).toMatchObject({ state: 'active' })
    }
    await stagedoor(['key', 'disable', apiKey, '--yes', ...data])
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
    ['an unknown signing key to revoke', ['revoke', 'signing-key', 'KEY', 'none', ...data]],
    ['an unknown API key to delete', ['key', 'delete', 'nobody', '--yes', ...data]],
    ['an unknown API key to revoke tokens of', ['revoke', 'everything', 'nobody', '--yes', ...data]],
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
    ['an API key that does not exist', ['signing-key', 'create', 'nobody', ...data]],
    ['a signing key that does not exist', ['signing-key', 'retire', 'nobody', 'none', ...data]],
    ['a lifetime of 0', ['token', 'create', 'nobody', '--user', 'a', '--ttl', '0', ...data]],
    ['a lifetime that is too long', ['token', 'create', 'nobody', '--user', 'a', '--ttl', '86401', ...data]],
    ['a lifetime in words', ['token', 'create', 'nobody', '--user', 'a', '--ttl', 'an hour', ...data]],
    ['a lifetime of more than a day', ['token', 'create', 'nobody', '--user', 'a', '--ttl', '2d', ...data]],
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

  it.each(['600', '10m', '600s'])('takes the duration "%s" as 10 minutes in every option', async (duration) => {
    const { apiKey } = await stagedoorJson<Made>(['key', 'create'], folder.path)
    const limits = ['--max-ttl', duration, '--on-expiry', duration, '--clock-skew', '5m']
    expect(await stagedoorJson(['policy', 'set', apiKey, ...limits], folder.path)).toMatchObject({
      maxTtlSeconds: 600,
      onExpiry: { graceSeconds: 600 },
      clockSkewSeconds: 300,
    })
    const minted = await stagedoor(['token', 'create', apiKey, '--user', 'alice', '--ttl', duration, ...data])
    const { payload } = JSON.parse((await stagedoor(['token', 'inspect', '--json'], minted.stdout)).stdout)
    expect(payload.exp - payload.iat).toBe(600)
  })

  it('prints every list as items with ISO 8601 times, and every error as one object, with --json', async () => {
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/)
    const keys = await stagedoorJson<Listed<object>>(['key', 'list'], folder.path)
    expect(keys.items).toContainEqual(expect.objectContaining({ apiKey: made.apiKey, createdAt: time }))
    const secrets = await stagedoorJson<Listed<object>>(['signing-key', 'list', made.apiKey], folder.path)
    expect(secrets.items).toContainEqual(expect.objectContaining({ keyId: made.keyId, createdAt: time }))
    expect(await stagedoorJson(['account', 'list'], folder.path)).toEqual({ items: [] })
    expect(await stagedoorJson(['ban', 'list', made.apiKey], folder.path)).toEqual({ items: [] })
    for (const [args, code] of [
      [['signing-key', 'list', 'nobody'], 'unknown'],
      [['token', 'create', made.apiKey, '--user', 'a', '--ttl', 'soon'], 'usage'],
      [['key', 'list', '--colour'], 'usage'],
    ] as const) {
      const { status, stdout, stderr } = await stagedoor([...args, '--json', ...data])
      expect([status, stdout]).toEqual([2, ''])
      expect(JSON.parse(stderr)).toEqual({
        error: expect.objectContaining({ code, message: expect.stringMatching(/./) }),
      })
    }
  })

  it('does not create a platform in an empty folder, unless it creates an API key or an account', async () => {
    const empty = makeFolder()
    for (const args of [
      ['key', 'list'],
      ['key', 'delete', 'x', '--yes'],
      ['account', 'list'],
      ['session', 'list'],
      ['refusal', 'list'],
      ['ban', 'list', 'x'],
      ['token', 'create', 'x', '--user', 'alice'],
      ['master-key', 'rotate'],
    ]) {
      const { status, stdout, stderr } = await stagedoor([...args, '--data', empty.path])
      expect([args, status, stdout, stderr]).toEqual([
        args,
        2,
        '',
        `stagedoor: There is no platform in ${empty.path}. Start one with: npx stagedoor serve, or name its folder with --data\n`,
      ])
    }
    expect(readdirSync(empty.path)).toEqual([])
    expect((await stagedoor(['key', 'create', '--data', empty.path])).status).toBe(0)
    empty.remove()
  })

  it.each([
    ['that is missing', 'nothing.txt', 'there is no such file'],
    ['that is a directory', '.', 'it is a directory'],
    ['that is too large', 'large.txt', 'it is larger than 64 KiB'],
    ['that is not UTF-8', 'latin1.txt', 'it is not UTF-8 text'],
    ['that is empty', 'empty.txt', 'it is empty'],
  ])('rejects a file %s with one clear line, in every command that reads one', async (_what, name, reason) => {
    const files = makeFolder()
    writeFileSync(join(files.path, 'large.txt'), 'x'.repeat(65_537))
    writeFileSync(join(files.path, 'latin1.txt'), Buffer.from([0xe9, 0x20]))
    writeFileSync(join(files.path, 'empty.txt'), '')
    const file = join(files.path, name)
    for (const [args, what] of [
      [['signing-key', 'import', made.apiKey, file, ...data], 'the secret'],
      [['signing-key', 'add-public-key', made.apiKey, file, ...data], 'the public key'],
      [['policy', 'set', made.apiKey, '--identity-providers', file, ...data], 'the list of identity providers'],
      [['key', 'list', '--url', 'http://127.0.0.1:9', '--token-file', file], 'the personal access token'],
      [['backup', join(files.path, 'b.db'), '--with-master-key', '--passphrase-file', file, ...data], 'the passphrase'],
    ] as const) {
      const { status, stdout, stderr } = await stagedoor(args)
      expect([status, stdout, stderr]).toEqual([2, '', `stagedoor: Cannot read ${what} from ${file}: ${reason}\n`])
    }
    files.remove()
  })

  it('never prints a value that may hold a secret, from an option or the environment', async () => {
    const url = 'https://admin:SECRET@rtc.example.com'
    for (const [args, environment] of [
      [['serve', '--public-url', url], {}],
      [['serve'], { STAGEDOOR_PUBLIC_URL: url }],
      [['serve', '--turn', 'turn:admin:SECRET@turn.example.com'], {}],
      [['serve', '--keep-refusals', '59m'], {}],
      [['serve', '--keep-refusals', '91d'], {}],
      [['serve'], { STAGEDOOR_KEEP_REFUSALS: '0' }],
      [['key', 'list', '--url', url], {}],
      [['key', 'list'], { STAGEDOOR_URL: url }],
      [['explain', '--origin', url], {}],
      [['key', 'list', '--token=SECRET'], {}],
    ] as const) {
      const { status, stdout, stderr } = await stagedoor(args, '', environment)
      expect([args, status, stdout]).toEqual([args, 2, ''])
      expect(stderr).not.toContain('SECRET')
    }
  })

  it('works for many concurrent commands on a new data folder', async () => {
    const fresh = makeFolder()
    const create = () => stagedoorJson<Made>(['key', 'create', '--name', 'Shop'], fresh.path)
    const keys = await Promise.all(Array.from({ length: 6 }, create))
    const { items } = await stagedoorJson<Listed<Made>>(['key', 'list'], fresh.path)
    expect(items.map(({ apiKey }) => apiKey).sort()).toEqual(keys.map(({ apiKey }) => apiKey).sort())
    expect(readdirSync(fresh.path).filter((name) => name.startsWith('master.key'))).toEqual(['master.key'])
    fresh.remove()
  })
})
