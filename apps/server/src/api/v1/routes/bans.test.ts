import { describe, expect, it, vi } from 'vitest'
import { createApiKey } from '../../../api-key/keys.ts'
import { DEFAULT_POLICY } from '../../../policy/policy.ts'
import { admissionOf, RecordingChannel } from '../../../session/session.fixture.ts'
import { openTestApi } from '../v1.fixture.ts'

async function open() {
  const api = await openTestApi()
  const { secret: as } = await api.enroll('developer')
  const changeContext = { store: api.store, seal: api.context.seal, now: api.context.clock.now }
  const key = (await createApiKey(changeContext, { name: 'Shop' })).apiKey.apiKey
  const session = api.operations.sessions.open({ ...admissionOf('älice'), apiKey: key }, new RecordingChannel())
  return { ...api, as, key, session }
}

describe('a ban of a user', () => {
  it('can be previewed, created, listed and lifted, and each change is recorded', async () => {
    const { ask, as, key, store, operations } = await open()
    const { keyring } = operations
    const { find } = keyring
    const policy = { ...DEFAULT_POLICY, requireToken: false }
    vi.spyOn(keyring, 'find').mockImplementation((name) => ({ ...find(name), policy }))
    const body = { kind: 'ban', subject: 'älice', forSeconds: 60 }
    const preview = await ask('POST', `/keys/${key}/revocations/preview`, { as, body })
    expect(preview.body).toMatchObject({ wouldEnd: 1, examples: [{ userId: 'älice', reason: 'user_banned' }] })
    const made = await ask('POST', `/keys/${key}/revocations`, { as, body })
    expect([made.status, made.body.forgetAt - made.body.revokedAt]).toEqual([201, 61])
    const list = async () => (await ask('GET', `/keys/${key}/revocations?kind=ban`, { as })).body.items
    expect(await list()).toEqual([made.body])
    const path = `/keys/${key}/bans/${encodeURIComponent('älice')}`
    expect((await ask('DELETE', path, { as })).body).toEqual({ lifted: 'älice' })
    expect(await list()).toEqual([])
    expect((await ask('DELETE', path, { as })).status).toBe(404)
    const audit = await store.listAudit({ limit: 2 })
    expect(audit.map(({ action, subject }) => [action, subject])).toEqual([
      ['ban.lifted', 'älice'],
      ['revocation.made', 'älice'],
    ])
  })

  it('is shown with who made it to those who may read the audit log, and to nobody else', async () => {
    const { ask, as, key, enroll } = await open()
    const owner = await enroll('owner', { email: 'olga@example.com' })
    const body = { kind: 'ban', subject: 'alice', forSeconds: 60 }
    const made = await ask('POST', `/keys/${key}/revocations`, { as: owner.secret, body })
    expect(made.body.revokedBy).toEqual({ kind: 'token', name: 'olga@example.com' })
    const seenBy = async (who: string) => (await ask('GET', `/keys/${key}/revocations`, { as: who })).body.items
    expect(await seenBy(owner.secret)).toEqual([made.body])
    expect(await seenBy(as)).toEqual([{ ...made.body, revokedBy: null }])
    expect((await ask('POST', `/keys/${key}/revocations`, { as, body })).body.revokedBy).toBeNull()
  })

  it.each([0, 1.5, 31_622_401, '60', undefined])('for %j seconds is refused', async (forSeconds) => {
    const { ask, as, key } = await open()
    const body = { kind: 'ban', subject: 'alice', forSeconds }
    expect((await ask('POST', `/keys/${key}/revocations`, { as, body })).status).toBe(400)
  })
})

describe('closing a session', () => {
  it.each(['tokens', 'user', { userForSeconds: 31_622_400 }] as const)('bans %j', async (ban) => {
    const { ask, as, key, session, operations } = await open()
    const closeAndRevoke = vi.spyOn(operations, 'closeAndRevoke')
    expect((await ask('POST', `/keys/${key}/sessions/${session.id}/close`, { as, body: { ban } })).status).toBe(200)
    expect(closeAndRevoke).toHaveBeenCalledExactlyOnceWith(session, {
      reason: 'session_closed',
      ban,
      revokedBy: { kind: 'token', name: expect.stringContaining('@') },
    })
  })

  it.each([true, 'session', { userForSeconds: 31_622_401 }, { userForSeconds: 1, more: 1 }])(
    'refuses %j as a ban, and closes nothing',
    async (ban) => {
      const { ask, as, key, session, operations } = await open()
      expect((await ask('POST', `/keys/${key}/sessions/${session.id}/close`, { as, body: { ban } })).status).toBe(400)
      expect(operations.sessions.size).toBe(1)
    },
  )

  it('requires the permission to revoke for a ban that goes beyond the session', async () => {
    const { ask, enroll, key, session, operations } = await open()
    const { secret: as } = await enroll('owner', { token: { rights: ['sessions:write'] } })
    const close = (ban?: unknown) => ask('POST', `/keys/${key}/sessions/${session.id}/close`, { as, body: { ban } })
    expect((await close('user')).status).toBe(403)
    expect((await close({ userForSeconds: 60 })).status).toBe(403)
    expect(operations.sessions.size).toBe(1)
    expect((await close('tokens')).status).toBe(200)
  })
})
