import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { ServerMessage } from '@stagedoor/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrollOwner } from '../fixtures/owner.fixture.ts'
import {
  type Listed,
  makeFolder,
  type RunningPlatform,
  STAGEDOOR,
  stagedoor,
  startPlatformIn,
} from '../fixtures/platform.fixture.ts'
import { type RawClient, register } from '../fixtures/raw-client.fixture.ts'
import { Receiver } from '../fixtures/receiver.fixture.ts'

const PRIVATE = { STAGEDOOR_WEBHOOKS_TO_PRIVATE: '1' }
const [folder, config] = [makeFolder(), makeFolder()]
const receiver = new Receiver()
let platform: RunningPlatform
let token: string
let apiKey: string

beforeAll(async () => {
  await receiver.open()
  const made = await stagedoor(['key', 'create', '--name', 'Shop', '--json', '--data', folder.path])
  apiKey = JSON.parse(made.stdout).apiKey
  const anyone = await stagedoor(['policy', 'set', apiKey, '--no-require-token', '--data', folder.path])
  expect(anyone.status).toBe(0)
  token = await enrollOwner({ dataFolder: folder.path })
  platform = await startPlatformIn(PRIVATE, folder.path)
})
afterAll(async () => {
  await platform?.stop()
  await receiver.close()
  folder.remove()
  config.remove()
})

type Ask = (...args: readonly string[]) => ReturnType<typeof stagedoor>

const local: Ask = (...args) => stagedoor([...args, '--data', folder.path], '', PRIVATE)
const remote: Ask = (...args) => stagedoor(args, '', { STAGEDOOR_URL: platform.url, STAGEDOOR_TOKEN: token })

async function jsonOf<T>(ask: Ask, ...args: readonly string[]): Promise<T> {
  const { status, stdout, stderr } = await ask(...args, '--json')
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

async function find(client: RawClient, type: ServerMessage['type']) {
  for (;;) {
    const message = await client.next()
    if (message.type === type) return message
  }
}

async function enter(userId: string, conversation: string) {
  const { client, answer } = await register(platform.url, apiKey, userId, undefined)
  if (answer.type !== 'registered') throw new Error(JSON.stringify(answer))
  client.send({ type: 'join', ref: 2, conversation })
  await find(client, 'joined')
  return { client, sessionId: answer.sessionId }
}

const EVERY_WAY: [string, Ask][] = [
  ['on this machine', local],
  ['over the API', remote],
]

describe.each(EVERY_WAY)('conversations %s', (way, ask) => {
  const lobby = way.replaceAll(' ', '-')

  it('are listed and shown, with members and streams', async () => {
    const alice = await enter('alice', lobby)
    await enter('bob', lobby)
    alice.client.send({
      type: 'publish',
      ref: 3,
      conversation: lobby,
      stream: { mediaStreamId: 'x', audio: true, video: true, screen: false, audioMuted: false, videoMuted: false },
    })
    await find(alice.client, 'published')
    expect(await jsonOf(ask, 'conversation', 'list', apiKey, '--search', lobby)).toEqual({
      items: [{ name: lobby, members: 2, streams: 1 }],
      total: 1,
    })
    const shown = await ask('conversation', 'show', apiKey, lobby)
    expect(shown.stdout).toMatch(/SESSION +USER +ROLE\n.* alice +\w+\n.* bob /)
    const { streams } = await jsonOf<{ streams: { streamId: string }[] }>(ask, 'conversation', 'show', apiKey, lobby)
    const { streamId = '' } = streams[0] ?? {}
    expect((await ask('conversation', 'mute', apiKey, lobby, streamId, '--video')).stdout).toBe(
      `Muted the audio and video of ${streamId}.\n`,
    )
    expect(await find(alice.client, 'silenced')).toMatchObject({ streamId, audio: true, video: true })
    expect((await ask('conversation', 'show', apiKey, lobby)).stdout).toContain('audio (muted), video (muted)')
    expect(await ask('conversation', 'mute', apiKey, lobby, 'none')).toMatchObject({ status: 2 })
  })

  it('get messages, lose members, and are closed once that is confirmed', async () => {
    const carol = await enter('carol', lobby)
    const dave = await enter('dave', lobby)
    expect((await ask('conversation', 'message', apiKey, lobby, 'Closing soon.')).stdout).toBe(
      `Sent the message to 4 members of ${lobby}.\n`,
    )
    expect(await find(carol.client, 'announcement')).toMatchObject({ text: 'Closing soon.' })
    expect((await ask('conversation', 'eject', apiKey, lobby, dave.sessionId)).status).toBe(0)
    expect(await find(dave.client, 'removed')).toMatchObject({ code: 'ejected' })
    const unconfirmed = await ask('conversation', 'close', apiKey, lobby)
    expect([unconfirmed.status, unconfirmed.stderr]).toEqual([
      2,
      `stagedoor: Closing ${lobby} removes its 3 members. To confirm, add --yes\n`,
    ])
    expect(await jsonOf(ask, 'conversation', 'close', apiKey, lobby, '--yes')).toMatchObject({ members: 3 })
    expect(await find(carol.client, 'removed')).toMatchObject({ conversation: lobby })
    const gone = await ask('conversation', 'show', apiKey, lobby)
    expect([gone.status, gone.stderr]).toEqual([2, expect.stringContaining('There is no conversation')])
  })
})

describe.each(EVERY_WAY)('webhooks %s', (_way, ask) => {
  it('are created, tested, changed and deleted, and failed deliveries are sent again', async () => {
    interface Made {
      readonly endpointId: string
      readonly secret: string
    }
    receiver.status = 204
    const create = ['webhook', 'create', apiKey, receiver.url, '--types', 'session.opened'] as const
    const { endpointId, secret } = await jsonOf<Made>(ask, ...create)
    expect(secret).toMatch(/^whsec_/)
    const listed = await ask('webhook', 'list', apiKey)
    expect(listed.stdout).toContain(`${endpointId}  ${receiver.url}  session.opened  active`)
    expect(listed.stdout).not.toContain(secret)
    expect((await ask('webhook', 'test', apiKey, endpointId)).stdout).toMatch(/^Delivered in \d+ ms \(status 204\)\.\n/)

    receiver.status = 500
    const failed = await ask('webhook', 'test', apiKey, endpointId)
    expect(failed.stdout).toMatch(/^Failed after \d+ ms: .*500.*\. Next attempt: \d{4}-.*Z\.\n/)
    const retrying = await jsonOf<Listed<{ deliveryId: string; createdAt: string; attempts: { reason: string }[] }>>(
      ask,
      ...['webhook', 'deliveries', apiKey, endpointId, '--state', 'retrying'],
    )
    expect(retrying.items).toMatchObject([{ createdAt: expect.stringMatching(/Z$/), attempts: [{ status: 500 }] }])
    const { deliveryId = '' } = retrying.items[0] ?? {}
    expect((await ask('webhook', 'deliveries', apiKey, endpointId)).stdout).toMatch(/ retrying .*500.* \d{4}-/)
    expect(await ask('webhook', 'redeliver', apiKey, endpointId, deliveryId)).toMatchObject({ status: 2 })
    const sent = await jsonOf<Listed<{ deliveryId: string }>>(
      ask,
      ...['webhook', 'deliveries', apiKey, endpointId, '--state', 'delivered'],
    )
    expect(await ask('webhook', 'redeliver', apiKey, endpointId, sent.items[0]?.deliveryId ?? '')).toMatchObject({
      status: 0,
    })
    expect(await jsonOf(ask, 'webhook', 'redeliver', apiKey, endpointId, '--dead-since', '1h')).toMatchObject({
      redelivered: 0,
    })
    expect((await ask('webhook', 'delivery', apiKey, endpointId, deliveryId)).stdout).toContain('"type": "test"')

    expect((await ask('webhook', 'update', apiKey, endpointId, '--state', 'disabled')).stderr).toContain('add --yes')
    const changed = ['webhook', 'update', apiKey, endpointId, '--state', 'disabled', '--types', 'all', '--yes'] as const
    expect(await jsonOf(ask, ...changed)).toMatchObject({ endpointId, state: 'disabled' })
    expect((await ask('webhook', 'test', apiKey, endpointId)).stderr).toContain('disabled')
    expect(await jsonOf(ask, 'webhook', 'rotate-secret', apiKey, endpointId)).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
      previousUntil: expect.stringMatching(/Z$/),
    })
    expect((await ask('webhook', 'delete', apiKey, endpointId)).status).toBe(2)
    expect((await ask('webhook', 'delete', apiKey, endpointId, '--yes')).stdout).toBe(`Deleted ${endpointId}.\n`)
    expect((await ask('webhook', 'show', apiKey, endpointId)).status).toBe(2)
  })
})

describe.each(EVERY_WAY)('the audit log %s', (_way, ask) => {
  interface Entry {
    readonly auditId: number
    readonly at: string
    readonly action: string
  }

  it('is filtered and limited, latest first', async () => {
    await ask('key', 'rename', apiKey, 'Stall')
    await ask('key', 'rename', apiKey, 'Shop')
    const list = (...filter: string[]) => jsonOf<Listed<Entry> & { hasMore: boolean }>(ask, 'audit', 'list', ...filter)
    const renamed = await list('--key', apiKey, '--action', 'api_key.changed', '--limit', '2')
    expect(renamed).toMatchObject({
      items: [{ action: 'api_key.changed', after: { name: 'Shop' } }, { after: { name: 'Stall' } }],
      hasMore: true,
    })
    expect(Date.now() - Date.parse(renamed.items[0]?.at ?? '')).toBeLessThan(60_000)
    expect((await list('--since', '1h', '--action', 'api_key.')).items.length).toBeGreaterThan(2)
    expect((await list('--until', '1h')).items).toEqual([])
    expect((await list('--actor', 'nobody@example.com')).items).toEqual([])
    const people = await ask('audit', 'list', '--limit', '1')
    expect(people.stdout).toMatch(
      /^TIME +ACTOR +ACTION .*\n\d{4}-.*\n\nShowing the latest 1\. Use --limit to show more\.\n$/,
    )
  })

  it('is followed: new entries are printed as they are written', async () => {
    const environment = ask === local ? {} : { STAGEDOOR_URL: platform.url, STAGEDOOR_TOKEN: token }
    const where = ask === local ? ['--data', folder.path] : []
    const child = spawn(process.execPath, [STAGEDOOR, 'audit', 'list', '--follow', '--json', ...where], {
      env: { ...process.env, ...environment },
    })
    const ended = once(child, 'close')
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    const name = `Shop ${Date.now()}`
    try {
      await expect
        .poll(
          async () => {
            if (text === '') await ask('key', 'rename', apiKey, name)
            return text
          },
          { timeout: 20_000, interval: 1_000 },
        )
        .toContain(name)
    } finally {
      child.kill()
      await ended
    }
    const lines = text.trim().split('\n')
    expect(new Set(lines.map((line) => JSON.parse(line).auditId)).size).toBe(lines.length)
  })
})

describe('logging in at the command line', () => {
  const NOWHERE = { STAGEDOOR_URL: undefined, STAGEDOOR_DATA: undefined, STAGEDOOR_TOKEN: undefined }
  const home = (...args: readonly string[]) => stagedoor(args, '', { ...NOWHERE, XDG_CONFIG_HOME: config.path })
  const file = join(config.path, 'stagedoor', 'profiles.json')

  it('checks the token before it is stored, and shows the account and its rights', async () => {
    const logIn = (input: string) =>
      stagedoor(['login', platform.url, '--profile', 'shop'], input, { XDG_CONFIG_HOME: config.path })
    const refused = await logIn(`sdpat_${'A'.repeat(43)}`)
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('is unknown or has expired')])
    expect((await home('profile', 'list')).stdout).toContain('No profiles yet.')
    const done = await logIn(`${token}\n`)
    expect(done.stdout).toContain(`Logged in to ${platform.url} as Owner (owner@example.com).`)
    expect(done.stdout).toMatch(/Role +owner for every API key\nRights +keys:read, /)
    expect(done.stdout + done.stderr).not.toContain(token)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toContain(token)
  })

  it('makes commands use the platform, until an option or the environment names another', async () => {
    expect((await home('key', 'list')).stdout).toContain(apiKey)
    expect((await home('key', 'list', '--profile', 'shop')).stdout).toContain(apiKey)
    expect((await home('key', 'list', '--profile', 'none')).stderr).toContain('There is no profile "none"')
    const empty = makeFolder()
    expect((await home('key', 'list', '--data', empty.path)).stderr).toContain('There is no platform')
    empty.remove()
    expect(await jsonOf(home, 'profile', 'list')).toEqual({
      items: [{ name: 'shop', url: platform.url, isCurrent: true }],
    })
    const asked = await home('key', 'delete', apiKey)
    expect([asked.status, asked.stderr]).toEqual([2, expect.stringContaining('add --yes')])
  })

  it('is undone for this machine by logging out', async () => {
    expect((await home('profile', 'use', '--none')).status).toBe(0)
    expect((await home('key', 'list', '--json')).stderr).toContain('There is no platform')
    expect((await home('profile', 'use', 'shop')).status).toBe(0)
    expect((await home('logout')).stdout).toContain('Removed the profile shop. Its token is still valid')
    expect(readFileSync(file, 'utf8')).not.toContain(token)
    expect((await home('logout')).stderr).toContain('No profile is in use')
  })

  it('says what to do if the file of profiles is damaged', async () => {
    mkdirSync(join(config.path, 'stagedoor'), { recursive: true })
    writeFileSync(file, '{')
    const { status, stderr } = await home('profile', 'list')
    expect([status, stderr]).toEqual([2, expect.stringContaining(`${file} is not a file of profiles. Delete it`)])
  })
})
