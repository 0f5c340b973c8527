import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatform,
} from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const SESSIONS = 500
const AT_A_TIME = 20

const folder = makeFolder()
let platform: RunningPlatform
let old: Made
let fresh: Made

beforeAll(async () => {
  old = await stagedoorJson(['key', 'create'], folder.path)
  platform = await startPlatform(folder.path)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

/** Registers with a token of a secret, hangs up, and answers how it went. */
async function attemptWith({ apiKey, secret }: Made, id: string): Promise<string> {
  const token = new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: id }).toJwt()
  const { client, answer } = await register(platform.url, apiKey, id, token)
  client.socket.close(1000)
  await client.closed
  return answer.type === 'refused' ? answer.code : answer.type
}

/** Attempts again and again, as many at a time as that, until it is told to stop. */
function keepRegistering(secrets: () => readonly Made[]) {
  const answers: { readonly keyId: string; readonly answer: string; readonly atMs: number }[] = []
  let going = true
  const client = async (_none: unknown, number: number) => {
    for (let round = 0; going; round++) {
      const choice = secrets()
      const secret = choice[round % choice.length] ?? old
      const atMs = Date.now()
      answers.push({ keyId: secret.keyId, answer: await attemptWith(secret, `user ${number} ${round}`), atMs })
    }
  }
  const done = Promise.all(Array.from({ length: AT_A_TIME }, client))
  return {
    answers,
    async stop() {
      going = false
      await done
    },
  }
}

describe('rotating a secret while everybody reconnects', () => {
  it('refuses no token inside of the overlap, and every one of the old secret after it', async () => {
    fresh = await stagedoorJson(['signing-key', 'create', old.apiKey], folder.path)
    await expect.poll(() => attemptWith(fresh, 'first'), { timeout: 5_000, interval: 50 }).toBe('registered')

    const registering = keepRegistering(() => [old, fresh])
    await expect.poll(() => registering.answers.length, { timeout: 60_000, interval: 50 }).toBeGreaterThan(SESSIONS)
    const retiringAtMs = Date.now()
    await stagedoor(['signing-key', 'retire', old.apiKey, old.keyId, '--yes', '--data', folder.path])
    // A running platform has taken in what was acknowledged to the command line well before this.
    await sleep(500)
    const retiredAtMs = Date.now()
    await sleep(1_500)
    await registering.stop()

    const overlap = registering.answers.filter(({ atMs }) => atMs < retiringAtMs)
    expect(overlap.length).toBeGreaterThan(100)
    expect(overlap.filter(({ answer }) => answer !== 'registered')).toEqual([])
    const after = registering.answers.filter(({ atMs }) => atMs >= retiredAtMs)
    const [ofOld, ofFresh] = [old, fresh].map(({ keyId }) => after.filter((entry) => entry.keyId === keyId))
    expect(new Set(ofOld?.map(({ answer }) => answer))).toEqual(new Set(['token_invalid']))
    expect(new Set(ofFresh?.map(({ answer }) => answer))).toEqual(new Set(['registered']))
  }, 120_000)

  it('leaves the sessions open that the old secret opened', async () => {
    const token = new AccessToken(fresh.apiKey, fresh.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const { client, answer } = await register(platform.url, fresh.apiKey, 'alice', token)
    expect(answer.type).toBe('registered')
    await stagedoor(['signing-key', 'retire', fresh.apiKey, fresh.keyId, '--yes', '--data', folder.path])
    await expect.poll(() => attemptWith(fresh, 'bob'), { timeout: 5_000, interval: 50 }).toBe('token_invalid')
    expect(client.socket.readyState).toBe(client.socket.OPEN)
    client.socket.close()
  })
})
