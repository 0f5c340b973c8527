import { AccessToken } from '@stagedoor/access-token'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../apps/server/src/store/open.ts'
import { launchBrowser } from '../fixtures/browser.fixture.ts'
import { enrollOwner } from '../fixtures/owner.fixture.ts'
import {
  type Listed,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatformIn,
} from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'
import { ENGINES, type Stage, setStage } from '../sessions/stage.fixture.ts'

const EMAIL = 'owner@example.com'
const PASSWORD = 'a sentence of a test'
const DAY = 86_400

interface Shown {
  readonly refusalId: string
  readonly count: number
}

let chromium: Browser
beforeAll(async () => {
  chromium = await launchBrowser()
})
afterAll(() => chromium?.close())

describe.each(ENGINES)('the refusal log on %s', (engine) => {
  let stage: Stage
  let platform: RunningPlatform
  let made: Made
  let token: string
  beforeAll(async () => {
    stage = await setStage(engine)
    made = await stagedoorJson<Made>(['key', 'create'], stage.data, stage.environment)
    token = await enrollOwner(stage.location, { email: EMAIL })
    platform = await startPlatformIn(stage.environment, stage.data)
  }, 60_000)
  afterAll(async () => {
    await platform?.stop()
    await stage?.remove()
  })

  async function beRefused(user: string): Promise<string> {
    const signed = new AccessToken(made.apiKey, made.secret, { apiRTC_UserAgent_Id: 'somebody else' }).toJwt()
    const { client, answer } = await register(platform.url, made.apiKey, user, signed)
    client.socket.terminate()
    if (answer.type !== 'refused') throw new Error(`${user} was let in`)
    return answer.refusalId
  }

  async function restart(signal?: NodeJS.Signals) {
    await platform.stop(signal)
    platform = await startPlatformIn(stage.environment, stage.data)
  }

  /** Opens the refusals of the API key in the dashboard. */
  async function logIn() {
    const page = await (await chromium.newContext({ baseURL: platform.url })).newPage()
    await page.goto(`/dashboard/login?next=/keys/${made.apiKey}/refusals`)
    await page.getByLabel('Email address').fill(EMAIL)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    return page
  }

  const local = (...args: string[]) => stagedoor([...args, '--data', stage.data], '', stage.environment)
  const remote = (...args: string[]) => stagedoor(args, '', { STAGEDOOR_URL: platform.url, STAGEDOOR_TOKEN: token })
  const ask = async (path: string) => {
    const answer = await fetch(`${platform.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    return answer.json()
  }

  it('a support id from before a restart opens in the command line, the API and the dashboard', async () => {
    const refusalId = await beRefused('alice')
    const latest = await beRefused('alice')
    // At once: what is not written yet is written at an orderly end.
    await restart()
    for (const id of [refusalId, latest]) {
      for (const run of [local, remote]) {
        const { status, stdout, stderr } = await run('refusal', 'show', id)
        expect([status, stderr]).toEqual([0, ''])
        expect(stdout).toMatch(/^Refused: user_id_mismatch\. .*Count +2 since .*User id +alice/s)
      }
      expect(await ask(`/refusals/${id}`)).toMatchObject({ userId: 'alice', count: 2, address: '127.0.0.1' })
    }
    const list = async (): Promise<Listed<Shown>> =>
      JSON.parse((await local('refusal', 'list', '--user', 'alice', '--json')).stdout)
    expect(await list()).toMatchObject({ items: [{ refusalId, count: 2 }], total: 1 })
    expect((await remote('refusal', 'list', '--user', 'alice')).stdout).toContain(latest)

    const page = await logIn()
    await page.getByLabel('Refusal id').fill(refusalId)
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('heading', { name: 'alice was refused' }).waitFor()
    await page.context().close()
  }, 60_000)

  it('is read from the store when no server runs', async () => {
    const refusalId = await beRefused('erin')
    await platform.stop()
    const { status, stdout } = await local('refusal', 'show', refusalId)
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^Refused: user_id_mismatch\. .*User id +erin/s)])
    expect((await local('refusal', 'list', '--user', 'erin')).stdout).toContain(refusalId)
    platform = await startPlatformIn(stage.environment, stage.data)
  }, 60_000)

  it('says in the command line and the dashboard what a bound has dropped', async () => {
    const { store } = await openStore(stage.location)
    const now = Date.now() / 1_000
    const dropped = { count: 1_234, firstAt: now - 1, lastAt: now }
    await store.writeRefusals([], new Map([[made.apiKey, dropped]]))
    await store.close()
    for (const run of [local, remote]) {
      const { stdout } = await run('refusal', 'list', '--user', 'nobody')
      expect(stdout).toMatch(
        /^No refusals since \S+\.\n1234 more from \S+ to \S+ are not kept, because there were too many\.\n$/,
      )
      const { discarded } = JSON.parse((await run('refusal', 'list', '--json')).stdout)
      expect(discarded).toMatchObject({ count: 1_234 })
    }
    const page = await logIn()
    await page.getByText('1,234 more between').waitFor()
    await page.context().close()
  }, 60_000)

  it('is written within seconds, so that it survives a process that is killed', async () => {
    const refusalId = await beRefused('bob')
    await expect.poll(async () => (await ask('/refusals/rf_none')).status).toBe(404)
    await new Promise((written) => setTimeout(written, 2_500))
    await restart('SIGKILL')
    expect(await ask(`/refusals/${refusalId}`)).toMatchObject({ userId: 'bob' })
  }, 60_000)

  it('counts by the hour go on after a restart', async () => {
    const sum = async () => {
      const { steps } = (await ask(`/traffic?key=${made.apiKey}&step=${DAY}`)) as { steps: { refused: number }[] }
      return steps.reduce((all, { refused }) => all + refused, 0)
    }
    const before = await sum()
    // A process that is killed loses the counts of some seconds.
    expect(before).toBeGreaterThanOrEqual(2)
    await restart()
    await beRefused('carol')
    expect(await sum()).toBe(before + 1)
  }, 60_000)

  it('says that a list may not be complete, and goes with its API key', async () => {
    const { stdout } = await local('refusal', 'list', '--user', 'nobody')
    expect(stdout).toMatch(/^No refusals since 20\d\d-\S+Z\.\n/)
    const refusalId = await beRefused('dave')
    await local('key', 'delete', made.apiKey, '--yes')
    await expect.poll(async () => (await ask(`/refusals/${refusalId}`)).status).toBe(404)
    await restart()
    expect((await local('refusal', 'show', refusalId)).status).toBe(2)
    const { total } = JSON.parse((await local('refusal', 'list', '--json')).stdout) as Listed<Shown>
    expect(total).toBe(0)
  }, 60_000)
})
