import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { inspectToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeBlock } from '../fixtures/code-blocks.fixture.ts'
import { makeFolder, type RunningPlatform, stagedoor, startPlatform } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'

const PASSWORD = 'correct horse battery staple'
const EMAIL = 'owner@example.com'

const folder = makeFolder()
let platform: RunningPlatform
let cookie: string
let token: string
/** All that the API has answered, but for what makes something. */
let said = ''

beforeAll(async () => {
  platform = await startPlatform(folder.path)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${platform.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token !== undefined && headers.cookie === undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (method === 'GET') said += text
  return { status: answer.status, body: JSON.parse(text), headers: answer.headers }
}

const OURS = () => ({ origin: platform.url, 'sec-fetch-site': 'same-origin' })

describe('from nothing to a session, over the API alone', () => {
  it('makes the first account by the link that the platform prints, once', async () => {
    const [, code] = /setup#(\S+)/.exec(platform.output()) ?? []
    const account = { code, email: EMAIL, name: 'Owner', password: PASSWORD }
    const made = await ask('POST', '/setup', account, OURS())
    expect(made).toMatchObject({ status: 201, body: { role: 'owner' } })
    cookie = String(made.headers.get('set-cookie')).split(';')[0] ?? ''
    expect(await ask('POST', '/setup', account, OURS())).toMatchObject({ status: 403 })
    const rights = (await ask('GET', '/openapi.json')).body.components.schemas.PersonalToken.properties.rights.items
      .enum
    const { body } = await ask('POST', '/me/tokens', { name: 'program', rights }, { cookie, ...OURS() })
    token = body.secret
    expect(await ask('GET', '/me')).toMatchObject({ body: { email: EMAIL } })
  })

  it('opens a session with a token that it minted, shows it, and keeps it out', async () => {
    const { body: made } = await ask('POST', '/keys', { name: 'Shop' })
    const { body: minted } = await ask('POST', `/keys/${made.apiKey}/tokens`, { id: 'alice' })
    const attempt = () => register(platform.url, made.apiKey, 'alice', minted.token)
    // A change is in force when it is answered.
    const { client, answer } = await attempt()
    expect(answer.type).toBe('registered')
    const { body: listed } = await ask('GET', `/keys/${made.apiKey}/sessions`)
    expect(listed).toMatchObject({ total: 1, items: [{ userId: 'alice', keyId: made.secret.keyId }] })
    const path = `/keys/${made.apiKey}/sessions/${listed.items[0].sessionId}/close`
    expect(await ask('POST', path, { ban: 'tokens' })).toMatchObject({ status: 200 })
    expect(await client.closed).toBe(4403)
    const { answer: refused } = await attempt()
    expect(refused).toMatchObject({ type: 'refused', code: 'token_revoked' })
    const found = await ask('GET', `/keys/${made.apiKey}/refusals/${(refused as { refusalId: string }).refusalId}`)
    expect(found.body).toMatchObject({ code: 'token_revoked', userId: 'alice' })
    const asked = await ask('POST', `/keys/${made.apiKey}/explain`, { id: 'alice', token: minted.token })
    expect(asked.body).toMatchObject({ ok: false, code: 'token_revoked' })
    const audited = (await ask('GET', `/keys/${made.apiKey}/audit`)).body.items
    expect(audited.map(({ action }: { action: string }) => action)).toEqual([
      'session.closed',
      'access_token.minted',
      'api_key.created',
    ])
  })
})

it('the program of the documentation makes an API key and mints a token with it', async () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
    input: codeBlock('docs/api.md', 'js'),
    env: { ...process.env, STAGEDOOR_URL: platform.url, STAGEDOOR_TOKEN: token },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  const inspection = inspectToken(stdout.trim())
  expect(inspection).toMatchObject({ ok: true, payload: { grants: { apiRTC_UserAgent_Id: 'alice' } } })
})

describe('secrets', () => {
  it('are in no list, look, audit, log or file once they were shown', async () => {
    const { body: key } = await ask('POST', '/keys', { name: 'Canary' }, { 'idempotency-key': 'canary' })
    const { body: more } = await ask('POST', `/keys/${key.apiKey}/signing-keys`, { kind: 'secret' })
    const canaries = [key.secret.secret, more.secret, token, PASSWORD]
    for (const path of ['', '/signing-keys', `/signing-keys/${more.keyId}`, '/audit', '/revocations', '/sessions']) {
      await ask('GET', `/keys/${key.apiKey}${path}`)
    }
    for (const path of ['/keys', '/accounts', '/audit']) await ask('GET', path)
    expect((await ask('GET', '/me/tokens', undefined, { cookie })).status).toBe(200)
    const files = readdirSync(folder.path).filter((name) => name.startsWith('stagedoor.db'))
    expect(files).not.toEqual([])
    const places = [said, platform.output(), ...files.map((name) => readFileSync(join(folder.path, name), 'latin1'))]
    for (const canary of canaries) {
      const bytes = Buffer.from(canary)
      for (const disguise of [canary, bytes.toString('hex'), bytes.toString('base64').slice(0, -4)]) {
        expect(places.filter((place) => place.includes(disguise))).toEqual([])
      }
    }
  })
})

describe('guessing', () => {
  it('a password a hundred times is slowed and written down, and the right one is good all the same', async () => {
    const guess = (password: string) => ask('POST', '/login', { email: EMAIL, password }, OURS())
    const began = Date.now()
    const answers = []
    for (let batch = 0; batch < 5; batch++) {
      answers.push(...(await Promise.all(Array.from({ length: 20 }, (_none, at) => guess(`guess ${batch} ${at}`)))))
    }
    // One is tried at a time, and the others are turned away untried.
    for (let at = 0; at < 8; at++) answers.push(await guess(`guess ${at}`))
    expect(Date.now() - began).toBeGreaterThan(6_000)
    const tried = answers.filter(({ status }) => status === 401).length
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(answers.length - tried)
    expect(tried).toBeLessThan(20)
    expect(await guess(PASSWORD)).toMatchObject({ status: 200 })
    const { body } = await ask('GET', '/audit?limit=100')
    const actions = body.items.map(({ action }: { action: string }) => action)
    expect(actions[0]).toBe('login.opened')
    expect(actions.filter((action: string) => action === 'login.refused').length).toBe(tried)
  }, 60_000)
})

describe('the command line', () => {
  const run = (args: readonly string[], input = '') => stagedoor([...args, '--data', folder.path], input)

  it('makes an account that can log in, and sets a password that was forgotten', async () => {
    const email = 'viewer@example.com'
    const logIn = (password: string) => ask('POST', '/login', { email, password }, OURS())
    expect((await run(['account', 'create', email, '--role', 'viewer'], `${PASSWORD}\n`)).status).toBe(0)
    expect(await logIn(PASSWORD)).toMatchObject({ status: 200, body: { role: 'viewer' } })
    expect(await run(['account', 'create', email], PASSWORD)).toMatchObject({ status: 2 })
    const opened = await logIn(PASSWORD)
    const cookie = String(opened.headers.get('set-cookie')).split(';')[0] ?? ''
    const { body } = await ask('POST', '/me/tokens', { name: 'one', rights: ['keys:read'] }, { cookie, ...OURS() })
    const useToken = async () => {
      const headers = { authorization: `Bearer ${body.secret}` }
      return (await fetch(`${platform.url}/api/v1/me`, { headers })).status
    }
    const kept = ['account', 'password', email, '--keep-tokens']
    expect((await run(kept, 'a sentence in between')).status).toBe(0)
    expect(await useToken()).toBe(200)
    expect((await run(['account', 'password', email], 'another sentence that is long')).status).toBe(0)
    expect(await useToken()).toBe(401)
    expect(await logIn(PASSWORD)).toMatchObject({ status: 401 })
    expect(await logIn('another sentence that is long')).toMatchObject({ status: 200 })
    expect((await run(['account', 'delete', email, '--yes'])).status).toBe(0)
    expect((await run(['account', 'list'])).stdout).not.toContain(email)
    expect(await run(['account', 'delete', EMAIL, '--yes'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('only owner'),
    })
  })

  it('leaves what it changes in the audit trail', async () => {
    await run(['key', 'create', '--name', 'By hand'])
    const { body } = await ask('GET', '/audit?limit=1')
    expect(body.items).toMatchObject([
      { action: 'api_key.created', actor: { kind: 'command_line' }, after: { name: 'By hand' } },
    ])
  })
})

describe('another site', () => {
  it('changes nothing with the cookie of an owner who visits it', async () => {
    const before = (await ask('GET', '/keys')).body.items.length
    const evil = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect(await ask('POST', '/keys', { name: 'Evil' }, evil)).toMatchObject({
      status: 403,
      body: { code: 'cross_site' },
    })
    expect((await ask('GET', '/keys')).body.items.length).toBe(before)
  })
})

it('a body of ten megabytes is refused, and the next request is answered', async () => {
  const answer = await fetch(`${platform.url}/api/v1/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'x'.repeat(10 * 1024 * 1024) }),
  }).catch((error: Error) => ({ status: 413, closed: error.message }))
  expect(answer.status).toBe(413)
  expect(await ask('GET', '/me')).toMatchObject({ status: 200 })
})
