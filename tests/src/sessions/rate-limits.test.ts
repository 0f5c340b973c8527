import { AccessToken } from '@stagedoor/access-token'
import { RefusedError, UserAgent } from '@stagedoor/client'
import { CLOSE_CODES, type ServerMessage } from '@stagedoor/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Listed,
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatform,
} from '../fixtures/platform.fixture.ts'
import { attempt, type RawClient, register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const ATTEMPTS = 100
const LIMIT = 20
const FLOOD = 5_000
/** What a session may have refused at once as beyond its limits. */
const MOST_REFUSED = 200

// Each part of the journey has an API key of its own.
const LIMITS = {
  often: ['--registrations-per-minute', `${LIMIT}`],
  lost: ['--registrations-per-minute', `${LIMIT}`],
  forged: ['--registrations-per-minute', '1'],
  told: ['--registrations-per-minute', '1'],
  explained: ['--registrations-per-minute', '1'],
  attempts: ['--connection-attempts-per-minute', '2'],
  messages: ['--messages-per-second', '50'],
} as const

const folder = makeFolder()
const keys = new Map<string, Made>()
let platform: RunningPlatform

beforeAll(async () => {
  for (const [name, limits] of Object.entries(LIMITS)) {
    const key = await stagedoorJson<Made>(['key', 'create'], folder.path)
    await stagedoorJson(['policy', 'set', key.apiKey, ...limits], folder.path)
    keys.set(name, key)
  }
  platform = await startPlatform(folder.path, '--trust-proxy', 'loopback')
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

function keyFor(name: keyof typeof LIMITS): Made {
  const key = keys.get(name)
  if (key === undefined) throw new Error('no such key')
  return key
}

function mint({ apiKey, secret }: Made, id: string): string {
  return new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: id }).toJwt()
}

async function enter(key: Made, id: string): Promise<ServerMessage> {
  return (await register(platform.url, key.apiKey, id, mint(key, id))).answer
}

/** Attempts from behind a proxy on this machine. */
async function enterFrom(address: string, key: Made, token = mint(key, 'alice')): Promise<ServerMessage> {
  const client = await attempt(platform.url, { 'x-forwarded-for': address })
  client.send({ type: 'register', ref: 1, apiKey: key.apiKey, id: 'alice', token })
  return client.next()
}

function refusals(answers: readonly ServerMessage[]) {
  return answers.filter((answer) => answer.type === 'refused')
}

/** A refusal for a limit that has just been reached. On a busy machine some of the time has passed by the time of the answer. */
function expectToWait(answer: unknown, seconds: number): void {
  expect(answer).toMatchObject({ code: 'rate_limited' })
  const { retryAfterSeconds = 0 } = answer as { retryAfterSeconds?: number }
  expect(retryAfterSeconds).toBeGreaterThan(seconds / 2)
  expect(retryAfterSeconds).toBeLessThanOrEqual(seconds)
}

describe('a limit of registrations', () => {
  it(`of ${LIMIT} a minute admits ${LIMIT} of ${ATTEMPTS} at once, says when to come back, and admits then`, async () => {
    const key = keyFor('often')
    const startedAt = performance.now()
    const answers = await Promise.all(Array.from({ length: ATTEMPTS }, () => enter(key, 'alice')))
    // One more is admitted every three seconds.
    const later = Math.floor((performance.now() - startedAt) / 3_000)
    const refused = refusals(answers)
    expect(ATTEMPTS - refused.length).toBeGreaterThanOrEqual(LIMIT)
    expect(ATTEMPTS - refused.length).toBeLessThanOrEqual(LIMIT + later)
    for (const answer of refused) expectToWait(answer, 3)
    expect(await enter(key, 'bob')).toMatchObject({ type: 'registered' })
    await new Promise((later) => setTimeout(later, 3_000))
    expect(await enter(key, 'alice')).toMatchObject({ type: 'registered' })
    const log = platform.output().match(/rate_limited/g) ?? []
    expect(log).toHaveLength(0)
  })

  it('is shown by a dry run, which does not count', async () => {
    const key = keyFor('explained')
    const token = mint(key, 'alice')
    const explain = () => stagedoor(['explain', '--data', folder.path], token)
    for (let run = 0; run < 3; run++) expect((await explain()).status).toBe(0)
    expect(await enter(key, 'alice')).toMatchObject({ type: 'registered' })
    const { status, stdout } = await explain()
    expect([status, stdout]).toEqual([1, expect.stringMatching(/✗ {2}registration_rate .*\nNo, rate_l/s)])
  })

  it('is not used up by tokens that somebody forges in the name of a user', async () => {
    const key = keyFor('forged')
    const forged = mint({ ...key, secret: 'another secret of this test, not of anybody' }, 'alice')
    for (let attempt = 0; attempt < 10; attempt++) {
      const { answer } = await register(platform.url, key.apiKey, 'alice', forged)
      expect(answer).toMatchObject({ code: 'token_invalid' })
    }
    expect(await enter(key, 'alice')).toMatchObject({ type: 'registered' })
    expectToWait(await enter(key, 'alice'), 60)
  })

  it('is told to a page by the client, and to the owner check by check', async () => {
    const key = keyFor('told')
    await enter(key, 'alice')
    const userAgent = new UserAgent({ uri: `apiKey:${key.apiKey}` })
    const registering = userAgent.register({ cloudUrl: platform.url, id: 'alice', token: mint(key, 'alice') })
    const error = await registering.catch((failure: unknown) => failure)
    if (!(error instanceof RefusedError)) throw error
    expectToWait(error, 60)
    const shown = await stagedoor(['refusal', 'show', error.refusalId, '--data', folder.path])
    expect(shown.stdout).toMatch(
      /^Refused: rate_limited\. The user has reached the limit of 1 registrations per minute/,
    )
    expect(shown.stdout).toMatch(/✓ {2}session_limit\n✗ {2}registration_rate/)
  })

  it('keeps out a session that was lost until its time has come, and the client comes back by itself then', async () => {
    const key = keyFor('lost')
    const userAgent = new UserAgent({ uri: `apiKey:${key.apiKey}` })
    let isOffline = true
    const session = await userAgent.register({
      cloudUrl: platform.url,
      id: 'alice',
      token: new AccessToken(key.apiKey, key.secret, { apiRTC_UserAgent_Id: 'alice', ttl: 1 }).toJwt(),
      getToken() {
        if (isOffline) throw new Error('The application is away')
        return mint(key, 'alice')
      },
    })
    session.on('disconnected', () => {
      isOffline = false
    })
    const reconnected = new Promise<void>((back) => session.on('reconnected', () => back()))
    const others = await Promise.all(Array.from({ length: LIMIT - 1 }, () => enter(key, 'alice')))
    expect(refusals(others)).toEqual([])
    await reconnected
    expect(session.isConnected()).toBe(true)
    const { items: kept } = await stagedoorJson<Listed<{ count: number }>>(
      ['refusal', 'list', '--key', key.apiKey],
      folder.path,
    )
    expect(kept).toMatchObject([{ code: 'rate_limited', userId: 'alice' }])
    expect(kept[0]?.count).toBeLessThanOrEqual(2)
    await session.disconnect()
  })
})

describe('a limit on connection attempts', () => {
  it('counts every attempt from an address, as the proxy reports it, and no other’s', async () => {
    const key = keyFor('attempts')
    const answers: ServerMessage[] = []
    for (let attempt = 0; attempt < 4; attempt++) answers.push(await enterFrom('203.0.113.9', key, 'a.b.c'))
    expect(refusals(answers).map(({ code }) => code)).toEqual([
      ...Array(2).fill('token_malformed'),
      ...Array(2).fill('rate_limited'),
    ])
    expectToWait(await enterFrom('203.0.113.9', key), 30)
    expect(await enterFrom('203.0.113.10', key)).toMatchObject({ type: 'registered' })
    // What a stranger writes himself stands before what the proxy adds.
    expect(await enterFrom('203.0.113.77, 203.0.113.9', key)).toMatchObject({ code: 'rate_limited' })
    const listed = await stagedoor(['refusal', 'list', '--key', key.apiKey, '--json', '--data', folder.path])
    expect(JSON.parse(listed.stdout).items[0]).toMatchObject({ address: '203.0.113.9', code: 'rate_limited' })
  })
})

describe('a limit of messages', () => {
  it(`answers a flood of ${FLOOD} so, closes its session, and keeps nobody else waiting`, async () => {
    const key = keyFor('messages')
    const [flooder, other] = await Promise.all(
      ['mallory', 'bob'].map(async (id) => (await register(platform.url, key.apiKey, id, mint(key, id))).client),
    )
    if (flooder === undefined || other === undefined) throw new Error('not admitted')
    for (let ref = 1; ref <= FLOOD; ref++) flooder.send({ type: 'leave', ref, conversation: 'lobby' })
    const answered = countAnswers(flooder)
    const took: number[] = []
    for (let ref = 1; ref <= 20; ref++) {
      const sent = performance.now()
      other.send({ type: 'join', ref, conversation: `room ${ref % 10}` })
      expect(await other.next()).toMatchObject({ ref })
      took.push(performance.now() - sent)
    }
    expect(Math.max(...took)).toBeLessThan(1_000)
    const counts = await answered
    expect(counts.failed).toBeGreaterThanOrEqual(500)
    expect(counts.failed).toBeLessThan(1_000)
    expect(counts.rate_limited).toBeGreaterThanOrEqual(MOST_REFUSED)
    expect(counts.rate_limited).toBeLessThan(2 * MOST_REFUSED)
    expect(await flooder.closed).toBe(CLOSE_CODES.flooded.code)
    const sessions = await stagedoorJson<{ total: number }>(['session', 'list', '--key', key.apiKey], folder.path)
    expect(sessions.total).toBe(1)
    const kept = await stagedoorJson<Listed<{ count: number }>>(['refusal', 'list', '--key', key.apiKey], folder.path)
    expect(kept.items).toMatchObject([{ code: 'rate_limited', userId: 'mallory', count: counts.rate_limited }])
    expect(platform.output().split('\n').length).toBeLessThan(100)
  })
})

/** Until its socket is closed. */
async function countAnswers(client: RawClient): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (;;) {
    const message = await client.next().catch(() => undefined)
    if (message === undefined) return counts
    const name = message.type === 'refused' ? message.code : message.type
    counts[name] = (counts[name] ?? 0) + 1
  }
}
