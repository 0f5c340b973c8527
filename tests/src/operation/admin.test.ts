import { AdminError, createAdmin } from '@stagedoor/admin'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { becomeOwner } from '../fixtures/owner.fixture.ts'
import { makeFolder, type RunningPlatform, startPlatform } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'

const folder = makeFolder()
let platform: RunningPlatform
let admin: ReturnType<typeof createAdmin>

beforeAll(async () => {
  platform = await startPlatform(folder.path)
  const ask = await becomeOwner(platform, folder.path)
  const rights = ['keys:read', 'keys:write', 'tokens:mint', 'sessions:read', 'revocations:write']
  const { body } = await ask('POST', '/me/tokens', { name: 'program', rights })
  admin = createAdmin({ url: platform.url, token: body.secret })
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

describe('a program with the admin client', () => {
  it('makes an API key, mints a token that is let in, sees the session and ends it', async () => {
    const { apiKey } = await admin.post('/api/v1/keys', { body: { name: 'Shop' } })
    const params = { path: { key: apiKey } }
    const { token } = await admin.post('/api/v1/keys/{key}/tokens', { params, body: { id: 'alice' } })
    // A new API key can be registered with a tenth of a second later.
    const enter = async () => (await register(platform.url, apiKey, 'alice', token)).answer.type
    await expect.poll(enter).toBe('registered')
    const sessions = []
    for await (const session of admin.list('/api/v1/keys/{key}/sessions', { params })) sessions.push(session)
    expect(sessions).toMatchObject([{ userId: 'alice', apiKey }])
    await admin.post('/api/v1/keys/{key}/revocations', { params, body: { kind: 'user', subject: 'alice' } })
    await expect.poll(async () => (await admin.get('/api/v1/keys/{key}/sessions', { params })).items).toEqual([])
  })

  it('goes through a list of more than one page', async () => {
    for (let at = 0; at < 3; at++) await admin.post('/api/v1/keys', { body: { name: `Stall ${at}` } })
    const names = []
    for await (const { name } of admin.list('/api/v1/keys', { params: { query: { limit: 2 } } })) names.push(name)
    expect(names.filter((name) => name.startsWith('Stall')).sort()).toEqual(['Stall 0', 'Stall 1', 'Stall 2'])
  })

  it('changes what nobody has changed meanwhile, by the validator of what it read', async () => {
    const { apiKey } = await admin.post('/api/v1/keys', { body: { name: 'Shop' } })
    const params = { path: { key: apiKey } }
    const { response } = await admin.raw.GET('/api/v1/keys/{key}', { params })
    const headers = { 'if-match': response.headers.get('etag') }
    const change = (name: string) => admin.patch('/api/v1/keys/{key}', { params, headers, body: { name } })
    expect(await change('Store')).toMatchObject({ name: 'Store' })
    await expect(change('Mall')).rejects.toMatchObject({ status: 412, code: 'changed_meanwhile' })
  })

  it('is told what is in the way, field by field', async () => {
    const refused = admin.post('/api/v1/keys', { body: { name: 'x'.repeat(101) } })
    await expect(refused).rejects.toBeInstanceOf(AdminError)
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'malformed', errors: [{ field: 'name' }] })
    await expect(admin.get('/api/v1/audit')).rejects.toMatchObject({ status: 403, code: 'not_allowed' })
    const stranger = createAdmin({ url: platform.url, token: 'sdpat_guessed' })
    await expect(stranger.get('/api/v1/me')).rejects.toMatchObject({ status: 401, code: 'not_authenticated' })
  })
})
