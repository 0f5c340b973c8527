import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AccessToken, type ConversationGrant } from '@stagedoor/access-token'
import { type Disconnection, RefusedError, UserAgent } from '@stagedoor/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatform,
} from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'

const folder = makeFolder()
const data = ['--data', folder.path]
let platform: RunningPlatform
let key: { readonly apiKey: string; readonly keyId: string; readonly secret: string }

beforeAll(async () => {
  key = await stagedoorJson(['key', 'create'], folder.path)
  platform = await startPlatform(folder.path)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

const minted: string[] = []
let printed = ''

function mint(options: ConstructorParameters<typeof AccessToken>[2] = {}, secret = key.secret): string {
  const token = new AccessToken(key.apiKey, secret, { apiRTC_UserAgent_Id: 'alice', ...options }).toJwt()
  minted.push(token)
  return token
}

async function run(args: readonly string[], input = '') {
  const ran = await stagedoor([...args, ...data], input)
  printed += ran.stdout + ran.stderr
  return ran
}

async function json(args: readonly string[]) {
  return JSON.parse((await run([...args, '--json'])).stdout)
}

function refusalIdOf(answer: object): string {
  if ('refusalId' in answer) return String(answer.refusalId)
  throw new Error('This is no refusal')
}

const guest: ConversationGrant = { name: 'lobby', role: 'guest', publish: ['audio'], subscribe: true }

// Nothing of a token and no secret is in what was printed, logged or kept on the disk.
afterEach(() => {
  const files = readdirSync(folder.path).filter((name) => statSync(join(folder.path, name)).isFile())
  const kept = files.map((name) => readFileSync(join(folder.path, name), 'latin1')).join('')
  const everything = printed + platform.output() + kept
  expect(everything).toContain(key.apiKey)
  const parts = minted.flatMap((token) => token.split('.')).filter((part) => part.length > 8)
  for (const part of [...parts, key.secret]) expect(everything.includes(part)).toBe(false)
})

describe('why was I refused?', () => {
  it('is answered to the owner by the id that the page was given, while the page learns nothing', async () => {
    const token = mint({}, 'another secret of this test, not of anybody')
    const { answer } = await register(platform.url, key.apiKey, 'alice', token)
    expect(answer).toMatchObject({ code: 'token_invalid' })
    const { status, stdout } = await run(['refusal', 'show', refusalIdOf(answer)])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Refused: signature_invalid\. /)
    expect(stdout).toMatch(/✓ {2}algorithm\n✗ {2}signature .*\n· {2}claims/)
    for (const fact of [
      key.apiKey,
      'alice',
      '127.0.0.1',
      'token_invalid',
      `${platform.url}/refusals/signature_invalid`,
    ]) {
      expect(stdout).toContain(fact)
    }
  })

  it('tells by how much the clock that minted the token is ahead', async () => {
    const token = mint({ notBefore: Math.floor(Date.now() / 1000) + 95 })
    const { answer } = await register(platform.url, key.apiKey, 'alice', token)
    const { stdout } = await run(['refusal', 'show', refusalIdOf(answer)])
    expect(stdout).toMatch(/Clocks {2,}issued by a clock 9[45] s ahead/)
  })

  it('is answered for the client’s own error, a renewal and a conversation too', async () => {
    const userAgent = new UserAgent({ uri: `apiKey:${key.apiKey}` })
    const options = { cloudUrl: platform.url, id: 'carol' }
    const error = await userAgent.register({ ...options, token: mint() }).catch((failure: unknown) => failure)
    if (!(error instanceof RefusedError)) throw error
    expect(await json(['refusal', 'show', error.refusalId])).toMatchObject({
      code: 'user_id_mismatch',
      userId: 'carol',
    })

    const { client } = await register(platform.url, key.apiKey, 'alice', mint({ conversations: [guest] }))
    client.send({ type: 'renew', ref: 2, token: 'a.b.c' })
    const renewal = await json(['refusal', 'show', refusalIdOf(await client.next())])
    expect(renewal).toMatchObject({ code: 'token_malformed' })
    client.send({ type: 'join', ref: 3, conversation: 'office' })
    const joining = await json(['refusal', 'show', refusalIdOf(await client.next())])
    expect(joining).toMatchObject({ code: 'conversation_not_granted', checks: [{ check: 'join', outcome: 'failed' }] })
    client.socket.close()
  })

  it('counts what repeats, and lists by API key, code and user', async () => {
    const token = mint({ audience: 'elsewhere' })
    const first = await register(platform.url, key.apiKey, 'dave', token)
    const second = await register(platform.url, key.apiKey, 'dave', token)
    const [one, two] = [refusalIdOf(first.answer), refusalIdOf(second.answer)]
    const filter = ['--key', key.apiKey, '--code', 'user_id_mismatch', '--user', 'dave']
    expect(await json(['refusal', 'list', ...filter])).toEqual({ items: [], total: 0, keptSince: expect.any(String) })
    const listed = await json(['refusal', 'list', '--code', 'audience_mismatch', '--user', 'dave'])
    expect(listed).toMatchObject({ items: [{ count: 2, refusalId: one, latestRefusalId: two }], total: 1 })
    expect(await json(['refusal', 'show', one])).toEqual(await json(['refusal', 'show', two]))
    const { stdout } = await run(['refusal', 'list', '--limit', '1'])
    expect(stdout).toMatch(/^LATEST .*\n.*audience_mismatch.*\n\nShowing 1 of \d+. Use --limit to show more\.\n$/)
  })
})

describe('a live session', () => {
  it('is listed with its conversations and closed by its id, which its page hears', async () => {
    const userAgent = new UserAgent({ uri: `apiKey:${key.apiKey}` })
    const token = mint({ apiRTC_UserAgent_Id: 'erin' })
    const session = await userAgent.register({ cloudUrl: platform.url, id: 'erin', token })
    await session.getOrCreateConversation('lobby').join()
    const heard = new Promise<Disconnection>((hear) => session.on('disconnected', hear))
    const { items: sessions } = await json(['session', 'list', '--user', 'erin', '--key', key.apiKey])
    expect(sessions).toMatchObject([{ userId: 'erin', apiKey: key.apiKey, conversations: ['lobby'] }])
    expect(Date.parse(sessions[0].until) - Date.parse(sessions[0].since)).toBeGreaterThan(3_590_000)
    const { stdout } = await run(['session', 'list', '--user', 'erin'])
    expect(stdout).toMatch(new RegExp(`^SESSION .*\n${sessions[0].sessionId} .* lobby\n$`))

    const closed = await run(['session', 'close', sessions[0].sessionId])
    expect([closed.status, closed.stdout]).toEqual([0, 'Closed the session of erin.\n'])
    expect(await heard).toMatchObject({ reason: 'session_closed', willReconnect: false })
    await expect.poll(() => json(['session', 'list', '--user', 'erin'])).toMatchObject({ total: 0 })
  })

  it('is listed as disconnected while its client can reconnect, with the key that signed its token', async () => {
    const token = mint({ apiRTC_UserAgent_Id: 'gina' })
    const { client } = await register(platform.url, key.apiKey, 'gina', token)
    const list = async () => (await run(['session', 'list', '--user', 'gina'])).stdout
    expect(await list()).toMatch(new RegExp(` ${key.keyId} {2}connected\n$`))
    client.socket.terminate()
    await expect.poll(list).toMatch(new RegExp(` ${key.keyId} {2}disconnected, can reconnect for (1\\d|20) s\n$`))
    const { items: sessions } = await json(['session', 'list', '--user', 'gina'])
    await run(['session', 'close', sessions[0].sessionId])
  })

  it('is closed with 4403', async () => {
    const { client } = await register(platform.url, key.apiKey, 'frank', mint({ apiRTC_UserAgent_Id: 'frank' }))
    const { items: sessions } = await json(['session', 'list', '--user', 'frank'])
    await run(['session', 'close', sessions[0].sessionId])
    expect(await client.closed).toBe(4403)
  })
})

describe('a dry run', () => {
  const asks = ['--conversation', 'lobby', '--publish']

  it('says yes with exit code 0 and no with 1, and opens nothing', async () => {
    const token = mint({ conversations: [guest] })
    const yes = await run(['explain', '-', '--origin', 'https://shop.example', ...asks, 'audio'], token)
    expect([yes.status, yes.stdout]).toEqual([0, expect.stringMatching(/✓ {2}capacity {2}0 of 200 members\n/)])
    expect(yes.stdout).toMatch(/\nYes: alice would be admitted, join lobby as guest, and publish audio\.\n$/)
    const no = await run(['explain', ...asks, 'audio,video'], token)
    expect([no.status, no.stdout]).toEqual([1, expect.stringMatching(/✓ {2}audio\n.*✗ {2}video .*\n\nNo, permission/)])
    const other = await run(['explain', '--user', 'bob', '--conversation', 'lobby'], token)
    expect([other.status, other.stdout]).toEqual([
      1,
      expect.stringMatching(/✗ {2}user_id .*· {2}grant .*\n\nNo, user_id/s),
    ])
    expect(await json(['session', 'list'])).toMatchObject({ total: 0 })
  })

  it('makes the checks of a registration: another origin, and one session more than allowed', async () => {
    const made = await stagedoorJson<typeof key>(['key', 'create'], folder.path)
    const token = new AccessToken(made.apiKey, made.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const set = (...policy: string[]) => run(['policy', 'set', made.apiKey, ...policy])
    const explain = (...args: string[]) => run(['explain', ...args], token)

    await set('--origins', 'https://shop.example')
    await expect.poll(async () => (await explain('--origin', 'https://shop.example')).status).toBe(0)
    const elsewhere = await explain('--origin', 'https://else.example')
    expect(elsewhere.status).toBe(1)
    expect(elsewhere.stdout).toMatch(/✓ {2}policy\n.*✗ {2}origin .*· {2}revocation .*\nNo, origin_refused: .*\.\n$/s)

    await set('--origins', 'any', '--sessions-per-user', '1', '--beyond', 'refuse')
    await expect.poll(async () => (await explain()).status).toBe(0)
    const { client } = await register(platform.url, made.apiKey, 'alice', token)
    const second = await explain()
    expect([second.status, second.stdout]).toEqual([
      1,
      expect.stringMatching(/✗ {2}session_limit .*\nNo, session_limit/s),
    ])
    client.socket.close()
    await client.closed
  })

  it('answers for an attempt without a token, from a running server and from the store', async () => {
    const aside = makeFolder()
    const made = await stagedoorJson<typeof key>(['key', 'create'], aside.path)
    const attempt = ['explain', '--no-token', '--key', made.apiKey, '--user', 'alice', '--data', aside.path]
    const missing = await stagedoor(attempt)
    expect([missing.status, missing.stdout]).toEqual([1, expect.stringMatching(/✗ {2}present .*No, token_missing: /s)])
    await stagedoor(['policy', 'set', made.apiKey, '--no-require-token', '--data', aside.path])
    const running = await startPlatform(aside.path)
    for (const answeredBy of ['server', 'store']) {
      const yes = await stagedoor([...attempt, '--conversation', 'lobby'])
      expect([yes.status, yes.stdout]).toEqual([0, expect.stringMatching(/^Policy\n {2}✓ {2}policy\n/)])
      expect(yes.stdout).toMatch(/\nYes: alice would be admitted and join lobby as contributor\.\n$/)
      expect(JSON.parse((await stagedoor([...attempt, '--json'])).stdout)).toMatchObject({ ok: true, answeredBy })
      if (answeredBy === 'server') await running.stop()
    }
    aside.remove()
  })

  it('answers from the store where no server runs, and says what it cannot know', async () => {
    const asideFolder = makeFolder()
    const made = await stagedoorJson<typeof key>(['key', 'create'], asideFolder.path)
    const token = new AccessToken(made.apiKey, made.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const explain = (...args: string[]) => stagedoor(['explain', ...args, '--data', asideFolder.path], token)
    const yes = await explain(...asks, 'data')
    expect([yes.status, yes.stdout]).toEqual([0, expect.stringContaining('needs a running server')])
    expect(JSON.parse((await explain('--json')).stdout)).toMatchObject({ ok: true, answeredBy: 'store' })
    expect((await explain('--key', 'another')).status).toBe(1)
    asideFolder.remove()
  })
})

describe('the command line, asked wrongly,', () => {
  const offline = ['--data', join(folder.path, 'nowhere')]

  it.each([
    ['a refusal id that is none', ['refusal', 'show', 'abc', ...data]],
    [
      'a refusal that is not kept',
      ['refusal', 'show', `rf_${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, ...data],
    ],
    ['a code that there is not', ['refusal', 'list', '--code', 'too_late', ...data]],
    ['a limit of nothing', ['refusal', 'list', '--limit', '0', ...data]],
    ['a session that is not live', ['session', 'close', 'abc', ...data]],
    ['refusals where no server runs', ['refusal', 'list', ...offline]],
    ['sessions where no server runs', ['session', 'list', ...offline]],
    ['a publication without a conversation', ['explain', 'a.b.c', '--publish', 'audio', ...data]],
    ['a publication that there is not', ['explain', 'a.b.c', '--conversation', 'a', '--publish', 'smell', ...data]],
    ['a conversation of all names', ['explain', 'a.b.c', '--conversation', '*', ...data]],
    ['an origin that is none', ['explain', 'a.b.c', '--origin', 'shop', ...data]],
    ['a user id that is too long', ['explain', 'a.b.c', '--user', 'x'.repeat(257), ...data]],
    ['no token', ['explain', ...data]],
    ['no token, of nobody', ['explain', '--no-token', '--key', 'k', ...data]],
    ['a token and none', ['explain', 'a.b.c', '--no-token', '--key', 'k', '--user', 'u', ...data]],
  ])('answers %s with one clear line and exit code 2', async (_what, args) => {
    const { status, stdout, stderr } = await stagedoor(args)
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1])
    expect(stderr).not.toMatch(/at .*\.js/)
  })

  it.each([
    [['refusal'], 'refused connections'],
    [['refusal', 'list'], 'Examples'],
    [['refusal', 'show'], 'refusalId'],
    [['session', 'list'], 'Example'],
    [['session', 'close'], 'session_closed'],
    [['explain'], 'Exit code: 0 for yes'],
  ])('explains "stagedoor %s --help"', async (args, words) => {
    const { status, stdout } = await stagedoor([...args, '--help'])
    expect([status, stdout]).toEqual([0, expect.stringContaining(words)])
  })

  it('asks which user where a token is for any', async () => {
    const { status, stderr } = await run(['explain'], mint({ apiRTC_UserAgent_Id: 'ApiKey_Token' }))
    expect([status, stderr]).toEqual([2, expect.stringContaining('--user')])
  })
})

describe('a server', () => {
  it('is not started on the data folder of another, nor at its port, and says so in one line', async () => {
    const folderTaken = await stagedoor(['serve', '--port', '0', ...data])
    expect([folderTaken.status, folderTaken.stderr.trim().split('\n')]).toEqual([
      2,
      [expect.stringContaining('A server already runs on this data folder')],
    ])
    const fresh = makeFolder()
    const portTaken = await stagedoor(['serve', '--port', new URL(platform.url).port, '--data', fresh.path])
    expect([portTaken.status, portTaken.stderr]).toEqual([2, expect.stringContaining('is already in use')])
    expect(readdirSync(fresh.path)).not.toContain('control.sock')
    fresh.remove()
    expect(await json(['session', 'list'])).toMatchObject({ total: 0 })
  })

  it('that was killed leaves a socket behind, which the next takes over and removes at its end', async () => {
    const fresh = makeFolder()
    const killed = await startPlatform(fresh.path)
    await killed.stop('SIGKILL')
    expect(readdirSync(fresh.path)).toContain('control.sock')
    const gone = await stagedoor(['session', 'list', '--data', fresh.path])
    expect([gone.status, gone.stderr]).toEqual([2, expect.stringContaining('No server runs')])
    const next = await startPlatform(fresh.path)
    expect(await stagedoorJson(['session', 'list'], fresh.path)).toEqual({ items: [], total: 0 })
    await next.stop()
    expect(readdirSync(fresh.path).filter((name) => name.includes('control'))).toEqual([])
    fresh.remove()
  })
})
