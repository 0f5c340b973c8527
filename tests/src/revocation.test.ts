import { AccessToken, inspectToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { register } from './knocker.fixture.ts'
import { makeFolder, type RunningPlatform, stagedoor, stagedoorJson, startPlatform } from './platform.fixture.ts'

const SESSION_CLOSED = 4403

const folder = makeFolder()
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

function mint(id: string): string {
  return new AccessToken(key.apiKey, key.secret, { apiRTC_UserAgent_Id: id }).toJwt()
}

async function enter(id: string, token = mint(id)) {
  const { knocker, answer } = await register(platform.url, key.apiKey, id, token)
  expect(answer).toMatchObject({ type: 'registered' })
  return knocker
}

async function codeOf(id: string, token: string): Promise<string> {
  const { knocker, answer } = await register(platform.url, key.apiKey, id, token)
  knocker.socket.terminate()
  return answer.type === 'refused' ? answer.code : answer.type
}

function run(...args: string[]) {
  return stagedoor([...args, '--data', folder.path])
}

describe('on a platform that runs, the command line', () => {
  it('revokes one token: its session ends and it opens no other, after a restart neither', async () => {
    const token = mint('alice')
    const [revoked, kept] = [await enter('alice', token), await enter('alice')]
    const inspection = inspectToken(token)
    await run('revoke', 'token', key.apiKey, inspection.ok ? String(inspection.payload.jti) : '')
    expect(await revoked.closed).toBe(SESSION_CLOSED)
    expect(kept.socket.readyState).toBe(kept.socket.OPEN)
    expect(await codeOf('alice', token)).toBe('token_revoked')
    kept.socket.close()
    await platform.stop('SIGKILL')
    platform = await startPlatform(folder.path)
    expect(await codeOf('alice', token)).toBe('token_revoked')
  })

  it('revokes a user until now, who comes back with a token of later', async () => {
    const [alice, bob] = [await enter('alice'), await enter('bob')]
    const old = mint('alice')
    await run('revoke', 'user', key.apiKey, 'alice')
    expect(await alice.closed).toBe(SESSION_CLOSED)
    expect(await codeOf('alice', old)).toBe('token_revoked')
    expect(bob.socket.readyState).toBe(bob.socket.OPEN)
    await expect.poll(() => codeOf('alice', mint('alice')), { timeout: 5_000, interval: 200 }).toBe('registered')
    bob.socket.close()
  })

  it('revokes a secret that has leaked, and a fresh one opens the door again', async () => {
    const fresh = await stagedoorJson<typeof key>(['secret', 'create', key.apiKey], folder.path)
    const alice = await enter('alice')
    await run('revoke', 'secret', key.apiKey, key.keyId)
    expect(await alice.closed).toBe(SESSION_CLOSED)
    expect(await codeOf('alice', mint('alice'))).toBe('token_invalid')
    key = fresh
    expect(await codeOf('alice', mint('alice'))).toBe('registered')
  })

  it('changes a policy, which acts on the sessions that there are and on the next knock', async () => {
    const [first, second] = [await enter('alice'), await enter('alice')]
    await run('policy', 'set', key.apiKey, '--sessions-per-user', '1')
    expect(await first.closed).toBe(4405)
    expect(await codeOf('alice', mint('alice'))).toBe('session_limit')
    await run('policy', 'set', key.apiKey, '--sessions-per-user', 'any', '--origins', 'https://shop.example')
    expect(await second.closed).toBe(SESSION_CLOSED)
    expect(await codeOf('alice', mint('alice'))).toBe('origin_refused')
    await run('policy', 'set', key.apiKey, '--origins', 'any')
    await expect.poll(() => codeOf('alice', mint('alice')), { timeout: 5_000, interval: 100 }).toBe('registered')
  })

  it('disables an API key, whose sessions end, and enables it again', async () => {
    const alice = await enter('alice')
    await run('key', 'disable', key.apiKey)
    expect(await alice.closed).toBe(SESSION_CLOSED)
    expect(await codeOf('alice', mint('alice'))).toBe('token_invalid')
    await run('key', 'enable', key.apiKey)
    await expect.poll(() => codeOf('alice', mint('alice')), { timeout: 5_000, interval: 100 }).toBe('registered')
  })
})
