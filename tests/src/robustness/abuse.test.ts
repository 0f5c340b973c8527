import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BAD_BODIES, NO_ANSWERS, startPeer } from '../../../apps/server/src/outbound/odd-peers.fixture.ts'
import { becomeOwner } from '../fixtures/owner.fixture.ts'
import { makeFolder, type RunningPlatform, stagedoorJson, startPlatformIn } from '../fixtures/platform.fixture.ts'
import { Receiver } from '../fixtures/receiver.fixture.ts'
import { askAgainAndAgain, enterHonestly, type HonestUser, percentile } from './abuse.fixture.ts'

const ATTACKERS = fileURLToPath(new URL('./abuse.child.mjs', import.meta.url))
const STEP_CLOCK = new URL('./step-clock.child.mjs', import.meta.url).href
const MINUTE_MS = Number(process.env['ABUSE_MS'] ?? 60_000)
const HONEST_PAIRS = 10
const MOST_MIB_MORE = 80

const folder = makeFolder()
const receiver = new Receiver()
let platform: RunningPlatform
let honestKey: { readonly apiKey: string; readonly secret: string }
let hostileKey: { readonly apiKey: string; readonly secret: string }
let attackers: ChildProcess | undefined

beforeAll(async () => {
  honestKey = await stagedoorJson(['key', 'create'], folder.path)
  hostileKey = await stagedoorJson(['key', 'create'], folder.path)
  await receiver.open()
  platform = await startPlatformIn(
    { NODE_OPTIONS: `--import ${STEP_CLOCK}` },
    folder.path,
    '--trust-proxy',
    'loopback',
    '--webhooks-to-private',
    '--log-level',
    'error',
  )
})
afterAll(async () => {
  attackers?.kill()
  await platform?.stop()
  await receiver.close()
  folder.remove()
})

function countDescriptors(): number {
  return readdirSync(`/proc/${platform.process.pid}/fd`).length
}

function residentMib(): number {
  const status = readFileSync(`/proc/${platform.process.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024
}

const mint = ({ apiKey, secret }: typeof honestKey, id: string) =>
  new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: id, ttl: 7_200 }).toJwt()

function startAttack(conversations: readonly string[]): ChildProcess {
  attackers = fork(ATTACKERS, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  attackers.send({
    url: platform.url,
    email: 'owner@example.com',
    apiKey: honestKey.apiKey,
    tokens: Array.from({ length: 20 }, (_none, at) => mint(honestKey, `attacker ${at}`)),
    conversations,
  })
  return attackers
}

describe('a hostile minute', () => {
  it('drops no honest user, and leaves nothing behind', async () => {
    const ask = await becomeOwner(platform, folder.path)
    const makeEndpoint = (key: typeof honestKey, url: string) => ask('POST', `/keys/${key.apiKey}/webhooks`, { url })
    expect((await makeEndpoint(honestKey, receiver.url)).status).toBe(201)
    const peers = await Promise.all(
      [...Object.values(NO_ANSWERS).slice(0, 6), ...Object.values(BAD_BODIES).slice(0, 3)].map(startPeer),
    )
    for (const { url } of peers) expect((await makeEndpoint(hostileKey, url)).status).toBe(201)

    const conversations = Array.from({ length: HONEST_PAIRS }, (_none, at) => `pair ${at}`)
    const users: HonestUser[] = []
    for (const [at, conversation] of conversations.entries()) {
      for (const side of ['left', 'right']) {
        const id = `${side} ${at}`
        const { apiKey } = honestKey
        users.push(await enterHonestly(platform.url, { apiKey, id, token: mint(honestKey, id), conversation }))
      }
    }
    // What the process needs for so much work it keeps: only what it takes after that is a leak.
    startAttack(conversations.slice(0, 2))
    await sleep(MINUTE_MS / 6)
    attackers?.kill()
    await sleep(3_000)
    const before = { descriptors: countDescriptors(), mib: residentMib() }

    const attack = startAttack(conversations.slice(0, 2))
    const livez = askAgainAndAgain(async () => {
      const answer = await fetch(`${platform.url}/livez`)
      if (answer.status !== 200) throw new Error(`livez answers ${answer.status}`)
      await answer.arrayBuffer()
    }, 50)
    const newcomers = askAgainAndAgain(async () => {
      const id = 'newcomer'
      const { apiKey } = honestKey
      const user = await enterHonestly(platform.url, { apiKey, id, token: mint(honestKey, id), conversation: 'own' })
      await user.stop()
      if (user.complaints.length > 0) throw new Error(user.complaints.join())
    }, 500)
    const owner = askAgainAndAgain(async () => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': '127.0.0.1' }
      const body = JSON.stringify({ email: 'owner@example.com', password: 'correct horse battery staple' })
      const answer = await fetch(`${platform.url}/api/v1/login`, { method: 'POST', headers, body })
      if (answer.status !== 200) throw new Error(`the owner's login is answered ${answer.status}`)
    }, 2_000)
    // Sessions of the hostile API key come and go, so that its odd endpoints have something to fail at.
    const hostileVisits = askAgainAndAgain(async () => {
      const { apiKey } = hostileKey
      const id = 'visitor'
      await (await enterHonestly(platform.url, { apiKey, id, token: mint(hostileKey, id), conversation: 'a' })).stop()
    }, 100)
    for (let step = 0; step < 4; step++) {
      await sleep(MINUTE_MS / 4)
      platform.process.kill('SIGUSR2')
    }

    attack.send('count')
    const [done] = await once(attack, 'message')
    attack.kill()
    for (const asking of [livez, newcomers, owner, hostileVisits]) await asking.stop()
    for (const user of users) await user.stop()

    const delays = users.flatMap((user) => [...user.delays])
    const lines = [
      `attacks: ${JSON.stringify(done)}`,
      `honest messages: ${delays.length} of ${users.reduce((sum, { said }) => sum + said, 0)} heard, ` +
        `p50 ${percentile(delays, 50)} ms, p99 ${percentile(delays, 99)} ms`,
      `/livez: ${livez.delays.length} answers, p50 ${percentile(livez.delays, 50).toFixed(1)} ms, ` +
        `p99 ${percentile(livez.delays, 99).toFixed(1)} ms`,
      `newcomers: ${newcomers.delays.length}, p99 ${percentile(newcomers.delays, 99).toFixed(0)} ms`,
      `logins of the owner: ${owner.delays.length}, p99 ${percentile(owner.delays, 99).toFixed(0)} ms`,
    ]
    process.stdout.write(`${lines.join('\n')}\n`)

    expect(users.flatMap(({ complaints }) => [...complaints])).toEqual([])
    for (const { complaints } of [livez, newcomers, owner, hostileVisits]) expect(complaints).toEqual([])
    expect(delays.length).toBeGreaterThan(0.95 * users.reduce((sum, { said }) => sum + said, 0))
    const closed = () => receiver.received.filter(({ message }) => message.type === 'session.closed').length
    await expect.poll(closed, { timeout: 15_000 }).toBeGreaterThanOrEqual(users.length + newcomers.delays.length)
    await expect.poll(countDescriptors, { timeout: 30_000, interval: 500 }).toBeLessThanOrEqual(before.descriptors + 5)
    await expect
      .poll(() => residentMib() - before.mib, { timeout: 60_000, interval: 1_000 })
      .toBeLessThan(MOST_MIB_MORE)
    process.stdout.write(
      `memory: ${before.mib.toFixed(0)} MiB before, ${residentMib().toFixed(0)} after; ` +
        `descriptors: ${before.descriptors}, ${countDescriptors()}\n`,
    )
    expect(platform.output()).not.toMatch(/"level":(50|60)/)
    expect(platform.process.exitCode).toBeNull()
  }, 240_000)
})
