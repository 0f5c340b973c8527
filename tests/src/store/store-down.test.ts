import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { CLOSE_CODES } from '@stagedoor/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningPlatform, stagedoor, stagedoorJson, startPlatformIn } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'
import { type Stage, setStage } from '../sessions/stage.fixture.ts'

const RECOVERY_DEADLINE_MS = 10_000
const PATIENCE = { timeout: RECOVERY_DEADLINE_MS, interval: 100 }

let stage: Stage
let platform: RunningPlatform
let made: Made
beforeAll(async () => {
  stage = await setStage('PostgreSQL')
  made = await create()
  platform = await startPlatformIn(stage.environment, stage.data)
})
afterAll(async () => {
  await platform?.stop()
  await stage?.remove()
})

const create = () => stagedoorJson<Made>(['key', 'create'], stage.data, stage.environment)

function mint({ apiKey, secret }: Made, user: string): string {
  return new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: user }).toJwt()
}

function attempt(key: Made, user: string) {
  return register(platform.url, key.apiKey, user, mint(key, user))
}

async function joinAs(user: string, role: 'moderator' | 'guest') {
  const conversations = [{ name: 'a', role, publish: [], subscribe: true }]
  const token = new AccessToken(made.apiKey, made.secret, { apiRTC_UserAgent_Id: user, conversations }).toJwt()
  const { client, answer } = await register(platform.url, made.apiKey, user, token)
  client.send({ type: 'join', ref: 2, conversation: 'a' })
  expect(await client.next()).toMatchObject({ type: 'joined' })
  return { client, sessionId: answer.type === 'registered' ? answer.sessionId : '' }
}

async function health() {
  const answer = await fetch(`${platform.url}/healthz`)
  return { httpStatus: answer.status, ...((await answer.json()) as object) }
}

/** Until a new API key is in force on the running platform. */
async function registerUntilKnown(key: Made) {
  const deadline = Date.now() + RECOVERY_DEADLINE_MS
  for (;;) {
    const { answer, client } = await attempt(key, 'carol')
    client.socket.terminate()
    if (answer.type === 'registered' || Date.now() > deadline) return answer
    await sleep(100)
  }
}

describe('a platform whose PostgreSQL is down', () => {
  it('admits and renews as before, refuses changes in one clear line, and recovers by itself', async () => {
    const { client: alice, answer } = await attempt(made, 'alice')
    expect(answer).toMatchObject({ type: 'registered' })
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      await stage.postgres?.stop(signal)
      await sleep(600)

      expect(await health()).toMatchObject({ httpStatus: 200, status: 'degraded', store: 'unavailable' })

      const { answer: admitted, client: bob } = await attempt(made, 'bob')
      expect(admitted).toMatchObject({ type: 'registered' })
      bob.socket.terminate()
      alice.send({ type: 'renew', ref: 2, token: mint(made, 'alice') })
      expect(await alice.next()).toMatchObject({ type: 'renewed', ref: 2 })

      const { answer: dave } = await attempt(made, 'dave')
      const sessionId = dave.type === 'registered' ? dave.sessionId : ''
      const kept = await stagedoor(['revoke', 'session', sessionId, '--data', stage.data])
      expect([kept.status, kept.stdout, kept.stderr]).toEqual([
        2,
        '',
        `stagedoor: unavailable: the session of dave was closed, but NOTHING was banned because the store cannot be reached. Once it can: npx stagedoor ban user ${made.apiKey} dave --for 1h, or npx stagedoor revoke user ${made.apiKey} dave\n`,
      ])
      expect(await stagedoorJson(['session', 'list', '--user', 'dave'], stage.data)).toMatchObject({ total: 0 })

      // A moderator is told, too, that one is gone who is not kept out.
      const [moderator, erin] = [await joinAs('alice', 'moderator'), await joinAs('erin', 'guest')]
      const { sessionId: ejected } = erin
      moderator.client.send({ type: 'eject', ref: 3, conversation: 'a', sessionId: ejected, ban: 'tokens' })
      expect(await erin.client.closed).toBe(CLOSE_CODES.ejected.code)
      const answers = [await moderator.client.next(), await moderator.client.next(), await moderator.client.next()]
      expect(answers).toMatchObject([
        { type: 'contact_joined' },
        { type: 'contact_left' },
        { type: 'refused', ref: 3, code: 'unavailable' },
      ])
      moderator.client.socket.terminate()

      for (const args of [
        ['key', 'create'],
        ['key', 'list'],
        ['master-key', 'rotate'],
        ['serve', '--port', '0'],
      ]) {
        const { status, stdout, stderr } = await stagedoor([...args, '--data', stage.data], '', stage.environment)
        expect([args, status, stdout]).toEqual([args, 2, ''])
        expect(stderr).toMatch(
          /^stagedoor: The database \S+ at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\).*\n$/,
        )
      }

      await stage.postgres?.start()
      expect(await registerUntilKnown(await create())).toMatchObject({ type: 'registered' })
      // Not at the first answer: a server that comes back may refuse the next connection.
      await expect.poll(health, PATIENCE).toMatchObject({ httpStatus: 200, status: 'ok', store: 'ok' })
    }
    alice.socket.terminate()
    const said = platform.output()
    expect(said.match(/cannot be used/g)).toHaveLength(2)
    expect(said.match(/can be used again/g)).toHaveLength(2)
    expect(said).not.toContain(stage.postgres?.password)
  })

  it('says who is not let in, and nothing of the password', async () => {
    const wrong = { STAGEDOOR_DATABASE_URL: stage.environment.STAGEDOOR_DATABASE_URL?.replace(/:[^:@]+@/, ':wrong@') }
    const { status, stderr } = await stagedoor(['key', 'list', '--data', stage.data], '', wrong)
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /^stagedoor: The database \S+ at \S+ refused the connection: password authentication failed .*\n$/,
    )
    expect(stderr).not.toContain(':wrong')
    const bad = ['mysql://a:hidden@host/x', '', 'postgresql://a:hid#den@host/x']
    for (const STAGEDOOR_DATABASE_URL of bad) {
      const refused = await stagedoor(['key', 'list', '--data', stage.data], '', { STAGEDOOR_DATABASE_URL })
      expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('must look like postgresql://')])
      expect(refused.stderr).not.toMatch(/hid/)
    }
  })
})
