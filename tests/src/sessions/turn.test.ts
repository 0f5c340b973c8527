import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IceServer, ServerMessage } from '@stagedoor/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMedia } from '../../../apps/server/src/doctor/check-media.ts'
import { type Browser, framesDecoded, openBrowser } from '../fixtures/browser.fixture.ts'
import { type RunningPlatform, stagedoor, startPlatformIn } from '../fixtures/platform.fixture.ts'
import { attempt } from '../fixtures/raw-client.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'
import { HAS_COTURN, TurnServer } from '../fixtures/turn.fixture.ts'

const PATIENCE = { timeout: 30_000, interval: 250 }
const TURN_SECRET = randomBytes(32).toString('hex')

const shop = Shop.forTests()
const turn = new TurnServer(TURN_SECRET)
let platform: RunningPlatform

async function start(secret: string): Promise<void> {
  await shop.platform.stop()
  platform = await startPlatformIn({ STAGEDOOR_TURN_SECRET: secret }, shop.data, '--demo', '--turn', addresses())
  shop.platform = platform
}

const addresses = () => [turn.url, `${turn.url}?transport=tcp`, `stun:127.0.0.1:${turn.port}`].join()

/** What the doctor finds of each STUN and TURN server. */
async function statuses(): Promise<string[]> {
  const env = { API_KEY: shop.key.apiKey, SECRET: shop.key.secret }
  const { stdout } = await stagedoor(['doctor', '--url', platform.url, '--json'], '', env)
  const { items: findings }: { items: { check: string; status: string; message: string }[] } = JSON.parse(stdout)
  return findings.filter(({ check }) => check === 'media').map(({ status, message }) => `${status}: ${message}`)
}

/** Whether coturn relays with these credentials now. */
async function relaysFor(servers: readonly IceServer[]): Promise<string | undefined> {
  const target = { url: new URL(platform.url), timeoutMs: 5_000, nowMs: Date.now }
  const [finding] = await checkMedia(
    target,
    servers.filter(({ username }) => username !== undefined).map((server) => ({ ...server, urls: turn.url })),
  )
  return finding?.status
}

function iceServersIn(message: ServerMessage): readonly IceServer[] {
  if (message.type !== 'registered' && message.type !== 'renewed') throw new Error(message.type)
  return message.iceServers
}

describe.skipIf(!HAS_COTURN)('a platform with coturn', () => {
  beforeAll(async () => {
    await turn.start()
    await start(TURN_SECRET)
  })
  afterAll(() => turn.stop())

  it('tells the doctor that each server does what it is there for', async () => {
    expect(await statuses()).toEqual([
      `ok: stun:127.0.0.1:${turn.port} answers.`,
      `ok: ${turn.url} relays for a session.`,
      `ok: ${turn.url}?transport=tcp relays for a session.`,
    ])
  })

  it('gives credentials that end with the session, and others with each renewal', async () => {
    const alice = await attempt(platform.url)
    alice.send({
      type: 'register',
      ref: 1,
      apiKey: shop.key.apiKey,
      id: 'alice',
      token: shop.mint('alice', { ttl: 3 }),
    })
    const first = iceServersIn(await alice.next())
    expect(await relaysFor(first)).toBe('ok')
    alice.send({ type: 'renew', ref: 2, token: shop.mint('alice', { ttl: 60 }) })
    let answer = await alice.next()
    while (answer.type === 'token_expiring') answer = await alice.next()
    await sleep(4_500)
    expect([await relaysFor(first), await relaysFor(iceServersIn(answer))]).toEqual(['problem', 'ok'])
    alice.socket.terminate()
  })

  it('says neither the user nor the secret to coturn', () => {
    expect(turn.output).toMatch(/\d{10}:[\w-]{8}/)
    for (const word of ['alice', TURN_SECRET]) expect(turn.output).not.toContain(word)
    expect(platform.output()).not.toContain(TURN_SECRET)
  })

  it('lets two users see each other whose networks let nothing through but the relay', {
    timeout: 90_000,
  }, async () => {
    const browser: Browser = await openBrowser()
    try {
      await browser.context.addInitScript(() => {
        const Direct = window.RTCPeerConnection
        window.RTCPeerConnection = new Proxy(Direct, {
          construct: (target, [configuration]) =>
            Reflect.construct(target, [{ ...configuration, iceTransportPolicy: 'relay' }]),
        })
      })
      const pages = []
      for (const name of ['alice', 'bob']) {
        const page = await browser.context.newPage()
        await page.goto(`${platform.url}/demo/?conversation=relay`)
        await page.getByTestId('name').fill(name)
        await page.getByTestId('join').click()
        await page.getByTestId('leave').waitFor()
        pages.push(page)
      }
      for (const page of pages) await expect.poll(() => framesDecoded(page), PATIENCE).toBeGreaterThan(10)
    } finally {
      await browser.close()
    }
  })

  it('tells the doctor where the secrets are not the same, and where nothing answers', async () => {
    await start(randomBytes(32).toString('hex'))
    const [stun, udp] = await statuses()
    expect([stun, udp]).toEqual([
      `ok: stun:127.0.0.1:${turn.port} answers.`,
      `problem: ${turn.url} refused the credentials of a session.`,
    ])
    await turn.stop()
    expect((await statuses()).every((status) => status.startsWith('problem'))).toBe(true)
  })
})

describe('a platform that is to tell of a TURN server', () => {
  it('does not start without the secret, or with one that can be guessed', async () => {
    const serve = ['serve', '--port', '0', '--data', shop.data, '--turn', 'turn:turn.example.com']
    for (const secret of ['', 'x'.repeat(31)]) {
      const { status, stderr } = await stagedoor(serve, '', { STAGEDOOR_TURN_SECRET: secret })
      expect([status, stderr.trim().split('\n').length, stderr]).toEqual([
        2,
        1,
        expect.stringContaining('STAGEDOOR_TURN_SECRET'),
      ])
    }
  })
})
