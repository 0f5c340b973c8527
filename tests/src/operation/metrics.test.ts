import { AccessToken } from '@stagedoor/access-token'
import parse from 'parse-prometheus-text-format'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatformIn,
} from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'

const TOKEN = 'the metrics token of a test, and of nobody else'

const folder = makeFolder()
let platform: RunningPlatform
let key: { readonly apiKey: string; readonly secret: string }

beforeAll(async () => {
  key = await stagedoorJson(['key', 'create'], folder.path)
  // As a file of a secret store ends, which nobody sees.
  platform = await startPlatformIn({ STAGEDOOR_METRICS_TOKEN: `${TOKEN}\n` }, folder.path)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

async function read() {
  const answer = await fetch(`${platform.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('version=0.0.4')])
  const text = await answer.text()
  const families = parse(text)
  /** The sum of the series of a name that have these labels. */
  const value = (name: string, labels: Readonly<Record<string, string>> = {}): number =>
    (families.find((family) => family.name === name)?.metrics ?? [])
      .filter((metric) => Object.entries(labels).every(([label, wanted]) => metric.labels?.[label] === wanted))
      .reduce((sum, metric) => sum + Number(metric.value ?? metric.count), 0)
  const series = families.flatMap(({ name, metrics }) =>
    name.startsWith('stagedoor_') ? metrics.map(({ labels }) => `${name} ${JSON.stringify(labels ?? {})}`) : [],
  )
  return { text, value, series }
}

function enter(id: string, secret = key.secret) {
  const token = new AccessToken(key.apiKey, secret, { apiRTC_UserAgent_Id: id }).toJwt()
  return register(platform.url, key.apiKey, id, token)
}

describe('the metrics of a platform', () => {
  it('count who is let in and who is not, and how long that took', async () => {
    const before = await read()
    const { client } = await enter('alice')
    await enter('alice', 'the secret of somebody else, who is nobody')
    const after = await read()
    const grown = (name: string, labels = {}) => after.value(name, labels) - before.value(name, labels)
    expect(grown('stagedoor_admissions_total')).toBe(1)
    expect(grown('stagedoor_admission_duration_seconds')).toBe(1)
    expect(grown('stagedoor_verify_duration_seconds')).toBe(2)
    expect(grown('stagedoor_refusals_total', { code: 'signature_invalid' })).toBe(1)
    expect(grown('stagedoor_refusals_total')).toBe(1)
    expect(grown('stagedoor_http_requests_total', { route: '/metrics', status: '200' })).toBe(1)
    expect(after.value('stagedoor_sessions')).toBe(1)
    expect(after.value('stagedoor_store_up')).toBe(1)
    expect(after.value('process_resident_memory_bytes')).toBeGreaterThan(1e6)
    expect(grown('process_cpu_seconds_total')).toBeGreaterThan(0)
    expect(after.value('process_start_time_seconds')).toBeCloseTo(Date.now() / 1_000, -2)
    client.socket.close()
  })

  it('grow by no series in a flood of users, addresses and things that are not there', async () => {
    const before = await read()
    for (let at = 0; at < 50; at++) {
      const { client } = await enter(`flood-${at}`)
      client.socket.close()
      await enter(`flood-${at}`, 'the secret of somebody else, who is nobody')
      await fetch(`${platform.url}/flood-${at}?flood=${at}`, { method: at % 2 === 0 ? 'GET' : 'DELETE' })
      await fetch(`${platform.url}/keys/flood-${at}/jwks.json`)
    }
    const after = await read()
    const added = after.series.filter((series) => !before.series.includes(series))
    expect(added.sort()).toEqual([
      'stagedoor_http_requests_total {"method":"","route":"","status":"404"}',
      'stagedoor_http_requests_total {"method":"GET","route":"/keys/:key/jwks.json","status":"200"}',
    ])
    expect(after.text).not.toContain('flood')
    expect(after.text).not.toContain(key.apiKey)
  })

  it('are told to nobody without the token, also on this machine', async () => {
    expect((await fetch(`${platform.url}/metrics`)).status).toBe(401)
  })

  it('are not served with a token that can be guessed', async () => {
    const environment = { STAGEDOOR_METRICS_TOKEN: 'x'.repeat(31) }
    const { status, stderr } = await stagedoor(['serve', '--port', '0', '--data', folder.path], '', environment)
    expect([status, stderr]).toEqual([2, expect.stringContaining('less than 32 characters')])
    expect(stderr).not.toContain('xxx')
  })
})

describe('a platform', () => {
  it('is alive and ready', async () => {
    expect((await fetch(`${platform.url}/livez`)).status).toBe(200)
    const ready = await fetch(`${platform.url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', checks: { store: 'ok', gate: 'ok' } }])
  })
})
